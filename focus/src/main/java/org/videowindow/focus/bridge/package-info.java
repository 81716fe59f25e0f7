/** Bridges: which there are, how they are, and which of them a conference gets. */
package org.videowindow.focus.bridge;
