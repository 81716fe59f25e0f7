/** Datagrams in batches by the Linux C library. */
package org.videowindow.loadtest.net;
