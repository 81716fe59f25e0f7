/**
 * Conferences of the bridge: endpoints, their sources, forwarding and the RTCP that ends at the bridge.
 *
 * <p>{@link org.videowindow.bridge.conference.Bridge}, {@link org.videowindow.bridge.conference.Conferences} and
 * {@link org.videowindow.bridge.conference.Conference} are the outside: any thread may call them. Everything a packet
 * touches is owned by one worker thread; the outside reaches it by commands over a bounded queue.
 */
package org.videowindow.bridge.conference;
