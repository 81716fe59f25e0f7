package org.videowindow.focus.media;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * The codecs and header extensions of a call: the same numbers for every participant, so that the bridge forwards payload
 * types unchanged. The numbers are those Jitsi clients are used to. VP8 stands first: it is what a client sends that has
 * no preference.
 */
public final class OfferedMedia {
    private static final int OPUS = 111;
    private static final int RED = 112;
    private static final int TELEPHONE_EVENT = 126;

    private static final List<XmlElement> AUDIO = audio(false);
    private static final List<XmlElement> AUDIO_WITH_RED = audio(true);
    private static final List<XmlElement> VIDEO = video();

    private OfferedMedia() {}

    /**
     * Payload types, header extensions and {@code extmap-allow-mixed} (RFC 8285) of one kind of media.
     *
     * @param features of the client that is to get the offer
     */
    public static List<XmlElement> elements(MediaKind kind, ClientFeatures features) {
        return switch (kind) {
            case AUDIO -> features.red() ? AUDIO_WITH_RED : AUDIO;
            case VIDEO -> VIDEO;
        };
    }

    private static List<XmlElement> audio(boolean red) {
        List<XmlElement> elements = new ArrayList<>();
        elements.add(payloadType(OPUS, "opus", 48000)
                .with("channels", 2)
                .with(parameter("minptime", "10"))
                .with(parameter("useinbandfec", "1"))
                .with(feedback("transport-cc", null))
                .build());
        if (red) {
            // After Opus: a client that has the choice sends the first, and redundancy is only worth its bits on bad
            // links.
            elements.add(payloadType(RED, "red", 48000)
                    .with("channels", 2)
                    .with(parameter(null, OPUS + "/" + OPUS))
                    .build());
        }
        elements.add(payloadType(TELEPHONE_EVENT, "telephone-event", 8000).build());
        // The bridge finds the dominant speaker by it (RFC 6464).
        elements.add(extension(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
        elements.addAll(commonExtensions());
        return List.copyOf(elements);
    }

    private static List<XmlElement> video() {
        List<XmlElement> elements = new ArrayList<>();
        elements.addAll(videoCodec(100, 96, "VP8"));
        elements.addAll(videoCodec(101, 97, "VP9", parameter("profile-id", "0")));
        elements.addAll(videoCodec(
                107,
                99,
                "H264",
                parameter("profile-level-id", "42e01f"),
                parameter("level-asymmetry-allowed", "1"),
                parameter("packetization-mode", "1")));
        elements.addAll(videoCodec(41, 42, "AV1"));
        elements.add(extension(3, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"));
        // Which simulcast encoding a packet belongs to, where a sender tells by id and not by SSRC (RFC 8852).
        elements.add(extension(4, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"));
        elements.add(extension(6, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"));
        // Layers of AV1, of scalable VP9, and of whatever is encrypted end to end.
        elements.add(extension(
                11, "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"));
        elements.addAll(commonExtensions());
        return List.copyOf(elements);
    }

    /** A codec and its retransmission (RFC 4588). */
    private static List<XmlElement> videoCodec(int id, int retransmission, String name, XmlElement... parameters) {
        return List.of(
                payloadType(id, name, 90000)
                        .with(List.of(parameters))
                        .with(videoFeedback())
                        .with(feedback("transport-cc", null))
                        .build(),
                payloadType(retransmission, "rtx", 90000)
                        .with(parameter("apt", Integer.toString(id)))
                        .with(videoFeedback())
                        .build());
    }

    private static List<XmlElement> videoFeedback() {
        return List.of(feedback("ccm", "fir"), feedback("nack", null), feedback("nack", "pli"));
    }

    private static List<XmlElement> commonExtensions() {
        return List.of(
                extension(10, "urn:ietf:params:rtp-hdrext:sdes:mid"),
                extension(5, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
                XmlElement.element("extmap-allow-mixed", Namespaces.HDREXT).build());
    }

    private static XmlElement.Builder payloadType(int id, String name, int clockRate) {
        return XmlElement.element("payload-type", Namespaces.RTP)
                .with("id", id)
                .with("name", name)
                .with("clockrate", clockRate);
    }

    private static XmlElement parameter(String name, String value) {
        return XmlElement.element("parameter", Namespaces.RTP)
                .with("name", name)
                .with("value", value)
                .build();
    }

    private static XmlElement feedback(String type, String subtype) {
        return XmlElement.element("rtcp-fb", Namespaces.RTCP_FB)
                .with("type", type)
                .with("subtype", subtype)
                .build();
    }

    private static XmlElement extension(int id, String uri) {
        return XmlElement.element("rtp-hdrext", Namespaces.HDREXT)
                .with("id", id)
                .with("uri", uri)
                .build();
    }
}
