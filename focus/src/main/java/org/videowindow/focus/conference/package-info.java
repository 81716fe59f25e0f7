/** Conferences: from the first request to the last departure. */
package org.videowindow.focus.conference;
