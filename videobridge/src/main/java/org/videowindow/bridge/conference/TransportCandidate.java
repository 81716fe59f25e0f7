package org.videowindow.bridge.conference;

/**
 * An address of the bridge that an endpoint can send to (RFC 8839 section 5.1). Always component 1.
 *
 * @param id unique among the candidates of the endpoint
 * @param protocol how to send
 * @param type {@code host} or {@code srflx}
 * @param address IP address literal, without a zone
 * @param port UDP or TCP port
 * @param priority RFC 8445 section 5.1.2.1
 * @param foundation RFC 8445 section 5.1.1.3
 * @param relatedAddress of a {@code srflx} candidate the address behind the translation, else {@code null}
 */
public record TransportCandidate(
        String id,
        Protocol protocol,
        String type,
        String address,
        int port,
        long priority,
        String foundation,
        String relatedAddress) {
    /** What carries the packets. */
    public enum Protocol {
        /** Datagrams. */
        UDP("udp"),
        /** A connection that the endpoint opens (RFC 6544), packets framed by RFC 4571. */
        TCP("tcp"),
        /** As TCP, after what looks like the beginning of a TLS connection. */
        SSLTCP("ssltcp");

        private final String word;

        Protocol(String word) {
            this.word = word;
        }

        /** As it is written in signalling. */
        public String word() {
            return word;
        }
    }

    /** A host candidate by UDP. */
    public TransportCandidate(String id, String type, String address, int port, long priority, String foundation) {
        this(id, Protocol.UDP, type, address, port, priority, foundation, null);
    }
}
