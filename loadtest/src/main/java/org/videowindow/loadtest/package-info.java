/** A load generator of headless participants, and comparisons between media servers. */
package org.videowindow.loadtest;
