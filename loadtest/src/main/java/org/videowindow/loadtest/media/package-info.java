/** Synthetic media: frames and packets as a browser sends them. */
package org.videowindow.loadtest.media;
