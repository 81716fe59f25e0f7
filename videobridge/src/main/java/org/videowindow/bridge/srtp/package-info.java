/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): what an endpoint sends is opened by its
 * {@link org.videowindow.bridge.srtp.SrtpReceiver}, what the bridge sends to it is sealed by its
 * {@link org.videowindow.bridge.srtp.SrtpSender}. Both belong to the worker thread of the endpoint's conference.
 *
 * <p>A failure is a negative number ({@link org.videowindow.bridge.srtp.SrtpStatus}) and a counter, never an exception
 * and never the end of the session: whoever forges packets must not be able to close somebody's call.
 *
 * <p>Two transforms: AES-GCM with a 16-byte tag, and AES counter mode with HMAC-SHA1-80. Counter mode runs on ECB of
 * prepared counter blocks and allocates nothing. GCM is computed by the first of libIPSec_MB, OpenSSL and the JDK that is
 * there and passes a self-test ({@link org.videowindow.bridge.srtp.CryptoProvider}); the native ones allocate nothing, the
 * JDK's must be initialised with a parameter object per packet, which leaves about a kilobyte of garbage inside the JDK.
 * Keys of native libraries are freed with their session.
 */
package org.videowindow.bridge.srtp;
