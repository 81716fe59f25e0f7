package org.videowindow.bridge.colibri;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jitsi.utils.MediaType;
import org.jitsi.xmpp.extensions.colibri2.Capability;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.Media;
import org.jitsi.xmpp.extensions.colibri2.Transport;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtcpFbPacketExtension;
import org.jivesoftware.smackx.muc.MUCRole;
import org.videowindow.bridge.conference.DtlsSetup;
import org.videowindow.bridge.conference.EndpointSettings;
import org.videowindow.bridge.conference.Fingerprint;
import org.videowindow.bridge.conference.HeaderExtension;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.PayloadType;
import org.videowindow.bridge.conference.RemoteTransport;

/** Reads the endpoints of a COLIBRI2 request. Every list is bounded, every value is checked. Stateless. */
final class EndpointReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final int PAYLOAD_TYPES = 128;
    private static final int PARAMETERS = 32;
    private static final int EXTENSIONS = 64;
    private static final int FINGERPRINTS = 8;

    private EndpointReader() {}

    /** Reads one endpoint or says why it is refused. */
    static EndpointRequest read(Colibri2Endpoint endpoint) throws ColibriRefusal {
        String id = endpoint.getId();
        if (id == null || !ID.matcher(id).matches()) {
            throw ColibriRefusal.badRequest("An endpoint id is 1 to 64 letters, digits, '.', '_', '~' or '-'.");
        }
        if (endpoint.getCreate() && endpoint.getExpire()) {
            throw ColibriRefusal.badRequest("Endpoint " + id + " cannot be created and expired at once.");
        }
        Transport transport = endpoint.getTransport();
        if (endpoint.getCreate() && transport == null) {
            throw ColibriRefusal.badRequest("Endpoint " + id + " cannot be created without a transport.");
        }
        if (transport != null && transport.getSctp() != null) {
            throw ColibriRefusal.notImplemented("SCTP");
        }
        boolean iceRestart = transport != null && transport.getIceRestart();
        if (iceRestart && (endpoint.getCreate() || endpoint.getExpire())) {
            throw ColibriRefusal.badRequest("Only an endpoint that is there and stays can restart ICE.");
        }
        List<MediaSource> sources = endpoint.getSources() == null ? null : SourceReader.read(endpoint.getSources());
        if (endpoint.getMucRole() == MUCRole.visitor && sources != null && !sources.isEmpty()) {
            throw ColibriRefusal.badRequest("Endpoint " + id + " is a visitor and cannot have sources.");
        }
        return new EndpointRequest(
                id,
                endpoint.getCreate(),
                endpoint.getExpire(),
                iceRestart,
                settings(endpoint),
                transport == null ? null : transport(transport.getIceUdpTransport()),
                sources);
    }

    static MediaKind kind(MediaType type) throws ColibriRefusal {
        return switch (type) {
            case AUDIO -> MediaKind.AUDIO;
            case VIDEO -> MediaKind.VIDEO;
            default -> throw ColibriRefusal.badRequest("Media is audio or video, not " + type + ".");
        };
    }

    private static EndpointSettings settings(Colibri2Endpoint endpoint) throws ColibriRefusal {
        List<PayloadType> payloadTypes = new ArrayList<>();
        List<HeaderExtension> extensions = new ArrayList<>();
        for (Media media : endpoint.getMedia()) {
            MediaKind kind = kind(media.getType());
            for (PayloadTypePacketExtension payloadType : media.getPayloadTypes()) {
                payloadTypes.add(payloadType(kind, payloadType));
            }
            for (RTPHdrExtPacketExtension extension : media.getRtpHdrExts()) {
                extensions.add(extension(kind, extension));
            }
            limit(payloadTypes.size(), PAYLOAD_TYPES, "payload types");
            limit(extensions.size(), EXTENSIONS, "header extensions");
        }
        return new EndpointSettings(
                payloadTypes, extensions, endpoint.hasCapability(Capability.CAP_SSRC_REWRITING_SUPPORT));
    }

    private static PayloadType payloadType(MediaKind kind, PayloadTypePacketExtension element) throws ColibriRefusal {
        int id = element.getID();
        if (id < 0 || id > 127 || element.getName() == null) {
            throw ColibriRefusal.badRequest("A payload type has an id from 0 to 127 and a name.");
        }
        limit(element.getParameters().size(), PARAMETERS, "parameters");
        Map<String, String> parameters = new HashMap<>();
        for (ParameterPacketExtension parameter : element.getParameters()) {
            if (parameter.getValue() != null) {
                parameters.put(parameter.getName() == null ? "" : parameter.getName(), parameter.getValue());
            }
        }
        limit(element.getRtcpFeedbackTypeList().size(), PARAMETERS, "feedback types");
        Set<String> feedback = new LinkedHashSet<>();
        for (RtcpFbPacketExtension type : element.getRtcpFeedbackTypeList()) {
            if (type.getFeedbackType() != null) {
                String subtype = type.getFeedbackSubtype();
                feedback.add(
                        subtype == null || subtype.isEmpty()
                                ? type.getFeedbackType()
                                : type.getFeedbackType() + " " + subtype);
            }
        }
        return new PayloadType(kind, id, element.getName(), element.getClockrate(), parameters, feedback);
    }

    private static HeaderExtension extension(MediaKind kind, RTPHdrExtPacketExtension element) throws ColibriRefusal {
        int id = Integer.parseInt(element.getID());
        if (id < 1 || id > 255 || element.getURI() == null) {
            throw ColibriRefusal.badRequest("A header extension has an id from 1 to 255 and a URI.");
        }
        return new HeaderExtension(kind, id, element.getURI().toString());
    }

    /** The client's transport; {@code null} while nothing of it is known. */
    private static RemoteTransport transport(IceUdpTransportPacketExtension element) throws ColibriRefusal {
        if (element == null) {
            return null;
        }
        List<DtlsFingerprintPacketExtension> elements =
                element.getChildExtensionsOfType(DtlsFingerprintPacketExtension.class);
        limit(elements.size(), FINGERPRINTS, "fingerprints");
        if (element.getUfrag() == null || element.getPassword() == null || elements.isEmpty()) {
            throw ColibriRefusal.badRequest("A transport has ufrag, pwd and a fingerprint.");
        }
        List<Fingerprint> fingerprints = new ArrayList<>();
        DtlsSetup setup = DtlsSetup.ACTPASS;
        for (DtlsFingerprintPacketExtension fingerprint : elements) {
            if (fingerprint.getHash() == null || fingerprint.getFingerprint() == null) {
                throw ColibriRefusal.badRequest("A fingerprint has a hash and a value.");
            }
            fingerprints.add(new Fingerprint(
                    fingerprint.getHash().toLowerCase(Locale.ROOT),
                    fingerprint.getFingerprint().strip().toUpperCase(Locale.ROOT)));
            setup = setup(fingerprint.getSetup(), setup);
        }
        return new RemoteTransport(element.getUfrag(), element.getPassword(), fingerprints, setup, generation(element));
    }

    private static int generation(IceUdpTransportPacketExtension element) throws ColibriRefusal {
        int generation = element.getIceGeneration();
        if (generation == IceUdpTransportPacketExtension.GENERATION_UNSPECIFIED) {
            return RemoteTransport.UNTOLD;
        }
        if (generation < 0) {
            throw ColibriRefusal.badRequest("An ICE generation is not negative.");
        }
        return generation;
    }

    private static DtlsSetup setup(String value, DtlsSetup otherwise) throws ColibriRefusal {
        return switch (value) {
            case null -> otherwise;
            case "active" -> DtlsSetup.ACTIVE;
            case "passive" -> DtlsSetup.PASSIVE;
            case "actpass" -> DtlsSetup.ACTPASS;
            default -> throw ColibriRefusal.badRequest("DTLS setup is active, passive or actpass.");
        };
    }

    static void limit(int size, int most, String what) throws ColibriRefusal {
        if (size > most) {
            throw ColibriRefusal.badRequest("More than " + most + " " + what + ".");
        }
    }
}
