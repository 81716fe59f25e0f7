/** Payload descriptors of video codecs, as views: only what forwarding needs. */
package org.videowindow.bridge.codec;
