package org.videowindow.bridge.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The public WebSocket server of the bridge channels.
 *
 * @param bind where to listen
 * @param publicUrl what clients are told, without trailing slash
 * @param allowedOrigins origins of web pages that may connect; {@code *} for any
 * @param maxMessage largest message in bytes
 * @param messagesPerSecond sustained rate of one client
 * @param messageBurst messages of one client in one burst
 * @param queueMessages messages that may wait for a slow client
 * @param queueSize characters that may wait for a slow client
 * @param pingInterval idle time before a ping
 */
public record ChannelSettings(
        InetSocketAddress bind,
        String publicUrl,
        List<String> allowedOrigins,
        int maxMessage,
        int messagesPerSecond,
        int messageBurst,
        int queueMessages,
        int queueSize,
        Duration pingInterval) {
    public ChannelSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
