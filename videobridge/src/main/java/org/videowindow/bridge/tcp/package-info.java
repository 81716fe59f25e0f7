/**
 * ICE over TCP (RFC 6544): connections that clients open when their networks let no datagrams pass, packets framed by
 * RFC 4571. One thread with one selector reads and writes them all; what arrives goes to the worker of the endpoint that
 * the first check names, by a bounded queue, and what a worker sends waits in a bounded queue of the connection. Nothing
 * here knows more of a packet than its first bytes.
 */
package org.videowindow.bridge.tcp;
