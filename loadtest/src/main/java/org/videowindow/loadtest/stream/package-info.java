/** Recorded or incoming media, sent into a meeting by the clock. */
package org.videowindow.loadtest.stream;
