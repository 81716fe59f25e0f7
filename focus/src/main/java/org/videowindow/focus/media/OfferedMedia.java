package org.videowindow.focus.media;

import java.util.ArrayList;
import java.util.List;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * The codecs and header extensions of a call, the same for every participant, so that the bridge forwards payload types
 * unchanged: Opus, telephone events, and VP8 with retransmission (RFC 4588). The numbers are those Jitsi clients are
 * used to.
 */
public final class OfferedMedia {
    private static final int OPUS = 111;
    private static final int TELEPHONE_EVENT = 126;
    private static final int VP8 = 100;
    private static final int VP8_RTX = 96;

    private static final List<XmlElement> AUDIO = audio();
    private static final List<XmlElement> VIDEO = video();

    private OfferedMedia() {}

    /** Payload types, header extensions and {@code extmap-allow-mixed} (RFC 8285) of one kind of media. */
    public static List<XmlElement> elements(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> AUDIO;
            case VIDEO -> VIDEO;
        };
    }

    private static List<XmlElement> audio() {
        List<XmlElement> elements = new ArrayList<>();
        elements.add(payloadType(OPUS, "opus", 48000)
                .with("channels", 2)
                .with(parameter("minptime", "10"))
                .with(parameter("useinbandfec", "1"))
                .with(feedback("transport-cc", null))
                .build());
        elements.add(payloadType(TELEPHONE_EVENT, "telephone-event", 8000).build());
        // The bridge finds the dominant speaker by it (RFC 6464).
        elements.add(extension(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
        elements.addAll(commonExtensions());
        return List.copyOf(elements);
    }

    private static List<XmlElement> video() {
        List<XmlElement> elements = new ArrayList<>();
        elements.add(payloadType(VP8, "VP8", 90000)
                .with(feedback("ccm", "fir"))
                .with(feedback("nack", null))
                .with(feedback("nack", "pli"))
                .with(feedback("transport-cc", null))
                .build());
        elements.add(payloadType(VP8_RTX, "rtx", 90000)
                .with(parameter("apt", Integer.toString(VP8)))
                .with(feedback("ccm", "fir"))
                .with(feedback("nack", null))
                .with(feedback("nack", "pli"))
                .build());
        elements.add(extension(3, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"));
        elements.addAll(commonExtensions());
        return List.copyOf(elements);
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
