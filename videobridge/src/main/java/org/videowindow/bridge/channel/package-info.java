/**
 * Bridge channels: WebSockets over which clients say what they want to see and the bridge says what happens, and over
 * which clients send each other small messages.
 */
package org.videowindow.bridge.channel;
