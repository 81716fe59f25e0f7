package org.videowindow.bridge.conference;

/**
 * An address of the bridge that an endpoint can send to (RFC 8839 section 5.1). Always UDP, component 1.
 *
 * @param id unique among the candidates of the endpoint
 * @param type {@code host} or {@code srflx}
 * @param address IP address literal
 * @param port UDP port
 * @param priority RFC 8445 section 5.1.2.1
 * @param foundation RFC 8445 section 5.1.1.3
 */
public record TransportCandidate(String id, String type, String address, int port, long priority, String foundation) {}
