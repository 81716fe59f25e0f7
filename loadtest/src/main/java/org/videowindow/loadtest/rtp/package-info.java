/** RTP and RTCP as bytes. */
package org.videowindow.loadtest.rtp;
