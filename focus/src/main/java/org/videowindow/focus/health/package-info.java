/** Health and metrics over HTTP, for operators. */
package org.videowindow.focus.health;
