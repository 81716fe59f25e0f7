package org.videowindow.bridge.conference;

import java.util.Locale;
import java.util.Set;
import org.videowindow.bridge.codec.VideoCodec;
import org.videowindow.bridge.conference.ConferenceException.Reason;

/**
 * What the payload types and header extensions of an endpoint mean, as arrays that a packet can be looked up in.
 * Immutable. All clients of a conference are offered the same numbers, so what one sends fits the others.
 */
final class PayloadMap {
    /** No such payload type or extension. */
    static final int NONE = 0;

    private static final int PAYLOAD_TYPES = 128;
    private static final int MOST_ENTRIES = 256;
    private static final Set<String> PROTECTION = Set.of("ulpfec", "flexfec", "flexfec-03");

    private final MediaKind[] kind = new MediaKind[PAYLOAD_TYPES];
    private final int[] originalOf = new int[PAYLOAD_TYPES];
    private final int[] retransmissionOf = new int[PAYLOAD_TYPES];
    private final boolean[] protection = new boolean[PAYLOAD_TYPES];
    private boolean protects;
    private final VideoCodec[] codec = new VideoCodec[PAYLOAD_TYPES];
    private final boolean[] redundant = new boolean[PAYLOAD_TYPES];
    private int anyRetransmission = NONE;
    private final int audioLevel;
    private final int descriptor;
    private final Extensions audio;
    private final Extensions video;

    /** Ids of the extensions the bridge handles, or {@link #NONE}. */
    private record Extensions(int mid, int streamId, int repairedStreamId, int transportSequence, int sendTime) {
        static Extensions of(EndpointSettings settings, MediaKind kind) throws ConferenceException {
            return new Extensions(
                    extension(settings, kind, HeaderExtension.MID),
                    extension(settings, kind, HeaderExtension.STREAM_ID),
                    extension(settings, kind, HeaderExtension.REPAIRED_STREAM_ID),
                    extension(settings, kind, HeaderExtension.TRANSPORT_SEQUENCE),
                    extension(settings, kind, HeaderExtension.ABSOLUTE_SEND_TIME));
        }
    }

    private PayloadMap(EndpointSettings settings) throws ConferenceException {
        audioLevel = extension(settings, MediaKind.AUDIO, HeaderExtension.AUDIO_LEVEL);
        descriptor = extension(settings, MediaKind.VIDEO, HeaderExtension.DEPENDENCY_DESCRIPTOR);
        audio = Extensions.of(settings, MediaKind.AUDIO);
        video = Extensions.of(settings, MediaKind.VIDEO);
    }

    /** Reads the settings of an endpoint; INVALID when a number is out of range or taken twice. */
    static PayloadMap of(EndpointSettings settings) throws ConferenceException {
        if (settings.payloadTypes().size() > MOST_ENTRIES
                || settings.extensions().size() > MOST_ENTRIES) {
            throw invalid("Too many payload types or header extensions.");
        }
        PayloadMap map = new PayloadMap(settings);
        for (PayloadType type : settings.payloadTypes()) {
            if (type.id() < 0 || type.id() >= PAYLOAD_TYPES || map.kind[type.id()] != null) {
                throw invalid("Payload types must be distinct and between 0 and 127.");
            }
            map.kind[type.id()] = type.kind();
            map.codec[type.id()] = VideoCodec.named(type.name());
            map.protection[type.id()] = PROTECTION.contains(type.name().toLowerCase(Locale.ROOT));
            map.protects |= map.protection[type.id()];
            map.redundant[type.id()] =
                    type.kind() == MediaKind.AUDIO && type.name().equalsIgnoreCase("red");
        }
        for (PayloadType type : settings.payloadTypes()) {
            if (type.name().equalsIgnoreCase("rtx")) {
                int original = parse(type.parameters().getOrDefault("apt", ""));
                map.originalOf[type.id()] = original;
                map.retransmissionOf[original] = type.id();
                map.anyRetransmission = type.id();
            }
        }
        return map;
    }

    private static int extension(EndpointSettings settings, MediaKind kind, String uri) throws ConferenceException {
        for (HeaderExtension extension : settings.extensions()) {
            if (extension.id() < 1 || extension.id() > 255) {
                throw invalid("Header extension ids must be between 1 and 255.");
            }
            if (extension.kind() == kind && extension.uri().equals(uri)) {
                return extension.id();
            }
        }
        return NONE;
    }

    private static int parse(String payloadType) throws ConferenceException {
        try {
            int parsed = Integer.parseInt(payloadType);
            if (parsed > 0 && parsed < PAYLOAD_TYPES) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw invalid("An rtx payload type needs apt, the payload type it repeats.");
    }

    private static ConferenceException invalid(String message) {
        return new ConferenceException(Reason.INVALID, message);
    }

    /** Whether the endpoint was offered this payload type for this kind. */
    boolean allows(int payloadType, MediaKind of) {
        return kind[payloadType] == of;
    }

    /** What this payload type carries, or {@code null} when it was not offered. */
    MediaKind kindOf(int payloadType) {
        return kind[payloadType];
    }

    /** Whether it is sound with redundant blocks before it (RFC 2198). */
    boolean isRedundant(int payloadType) {
        return redundant[payloadType];
    }

    /** Whether this is an rtx payload type. */
    boolean isRetransmission(int payloadType) {
        return originalOf[payloadType] != NONE;
    }

    /** The payload type an rtx payload type repeats. */
    int originalOf(int payloadType) {
        return originalOf[payloadType];
    }

    /** The rtx payload type that repeats this one, or {@link #NONE}. */
    int retransmissionOf(int payloadType) {
        return retransmissionOf[payloadType];
    }

    /** An rtx payload type for what carries no packet, or {@link #NONE}. */
    int anyRetransmission() {
        return anyRetransmission;
    }

    /** Whether any payload type carries forward error correction. */
    boolean protects() {
        return protects;
    }

    /** Whether it carries forward error correction. */
    boolean isProtection(int payloadType) {
        return protection[payloadType];
    }

    /** The codec of a payload type that carries pictures. */
    VideoCodec codecOf(int payloadType) {
        return codec[payloadType];
    }

    /** Id of the audio level extension, or {@link #NONE}. */
    int audioLevel() {
        return audioLevel;
    }

    /** Id of the dependency descriptor extension of pictures, or {@link #NONE}. */
    int descriptor() {
        return descriptor;
    }

    private Extensions extensions(MediaKind of) {
        return of == MediaKind.AUDIO ? audio : video;
    }

    int mid(MediaKind of) {
        return extensions(of).mid();
    }

    int streamId(MediaKind of) {
        return extensions(of).streamId();
    }

    int repairedStreamId(MediaKind of) {
        return extensions(of).repairedStreamId();
    }

    int transportSequence(MediaKind of) {
        return extensions(of).transportSequence();
    }

    int sendTime(MediaKind of) {
        return extensions(of).sendTime();
    }
}
