/** RTP packets as views over byte arrays. */
package org.videowindow.bridge.rtp;
