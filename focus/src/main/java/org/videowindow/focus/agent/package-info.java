/** Agents: objects that take turns instead of locking, and the time they measure by. */
package org.videowindow.focus.agent;
