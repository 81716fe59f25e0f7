/**
 * The answering side of ICE (RFC 8445): STUN binding requests (RFC 8489) in, replies out, and per endpoint the addresses
 * that its checks have proven. Bytes and time come in, bytes go out; sockets and threads stay outside. Everything here
 * is owned by one worker thread.
 */
package org.videowindow.bridge.ice;
