package org.videowindow.loadtest.meeting;

import java.util.List;
import java.util.stream.Collectors;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** Writes our {@code session-accept}: the codecs we send, our end of the transport, our sources. Stateless. */
final class SessionAnswer {
    private static final String JINGLE = "urn:xmpp:jingle:1";
    private static final String RTP = "urn:xmpp:jingle:apps:rtp:1";
    private static final String SOURCES = "urn:xmpp:jingle:apps:rtp:ssma:0";
    private static final String EXTENSIONS = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
    private static final String FEEDBACK = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";

    private SessionAnswer() {}

    /**
     * The payload of the IQ.
     *
     * @param focus occupant address of the focus
     * @param responder our full address
     * @param endpointId ours
     * @param fingerprint SHA-256 of our certificate
     */
    static String accept(
            SessionOffer offer,
            String focus,
            String responder,
            Participant participant,
            String endpointId,
            String fingerprint,
            Sent sent) {
        MediaFormat format = participant.format();
        String transport = "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='%s' pwd='%s'>"
                        .formatted(participant.iceFragment(), participant.icePassword())
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='active'>" + fingerprint
                + "</fingerprint></transport>";
        String contents = offer.jingle()
                .all("content")
                .map(content -> {
                    String name = Stanza.escaped(content.attribute("name"));
                    String media = content.child("description")
                            .map(description -> description.attribute("media"))
                            .orElse("");
                    String description = switch (media) {
                        case "audio" -> audio(format, endpointId, sent);
                        case "video" -> video(format, endpointId, sent);
                        default -> "";
                    };
                    return "<content creator='responder' name='" + name + "' senders='both'>" + description + transport
                            + "</content>";
                })
                .collect(Collectors.joining());
        String names = offer.jingle()
                .all("content")
                .map(content -> "<content name='" + Stanza.escaped(content.attribute("name")) + "'/>")
                .collect(Collectors.joining());
        return open(offer, "session-accept", focus)
                        .replace("<jingle ", "<jingle responder='" + Stanza.escaped(responder) + "' ")
                + "<group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'>" + names + "</group>" + contents
                + "</jingle>";
    }

    /** The end of the session because we leave. */
    static String terminate(SessionOffer offer, String focus) {
        return open(offer, "session-terminate", focus) + "<reason><success/></reason></jingle>";
    }

    private static String open(SessionOffer offer, String action, String focus) {
        return "<jingle xmlns='" + JINGLE + "' action='" + action + "' initiator='" + Stanza.escaped(focus) + "' sid='"
                + Stanza.escaped(offer.sessionId()) + "'>";
    }

    private static String audio(MediaFormat format, String endpointId, Sent sent) {
        String type = "<payload-type id='" + format.audioType() + "' name='opus' clockrate='48000' channels='2'>"
                + "<rtcp-fb xmlns='" + FEEDBACK + "' type='transport-cc'/></payload-type>";
        String source =
                sent.sound() ? source(endpointId + "-a0", "", sent.source().audioSsrc(), endpointId) : "";
        return "<description xmlns='" + RTP + "' media='audio'>" + type + source + "<rtcp-mux/>"
                + extension(format.audioLevel(), "urn:ietf:params:rtp-hdrext:ssrc-audio-level")
                + transportSequence(format) + "</description>";
    }

    private static String video(MediaFormat format, String endpointId, Sent sent) {
        String feedback = "<rtcp-fb xmlns='" + FEEDBACK + "' type='ccm' subtype='fir'/>" + "<rtcp-fb xmlns='" + FEEDBACK
                + "' type='nack'/>" + "<rtcp-fb xmlns='" + FEEDBACK + "' type='nack' subtype='pli'/>";
        String types = "<payload-type id='" + format.videoType() + "' name='"
                + format.codec().encodingName() + "' clockrate='90000'>" + feedback + "<rtcp-fb xmlns='" + FEEDBACK
                + "' type='transport-cc'/></payload-type>";
        if (format.repeatType() != 0) {
            types += "<payload-type id='" + format.repeatType() + "' name='rtx' clockrate='90000'>"
                    + "<parameter name='apt' value='" + format.videoType() + "'/></payload-type>";
        }
        return "<description xmlns='" + RTP + "' media='video'>" + types + sources(endpointId, sent) + "<rtcp-mux/>"
                + extension(format.sendTime(), "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time")
                + transportSequence(format)
                + (sent.descriptors() ? extension(format.descriptor(), SessionOffer.DESCRIPTOR) : "")
                + "</description>";
    }

    private static String sources(String endpointId, Sent sent) {
        String name = endpointId + "-v0";
        StringBuilder out = new StringBuilder();
        List<Encoding> encodings = sent.source().video();
        for (Encoding encoding : encodings) {
            out.append(source(name, " videoType='camera'", encoding.ssrc(), endpointId))
                    .append(source(name, " videoType='camera'", encoding.repeatSsrc(), endpointId));
        }
        if (encodings.size() > 1) {
            out.append(group("SIM", encodings.stream().map(Encoding::ssrc).toList()));
        }
        for (Encoding encoding : encodings) {
            out.append(group("FID", List.of(encoding.ssrc(), encoding.repeatSsrc())));
        }
        return out.toString();
    }

    private static String group(String semantics, List<Integer> ssrcs) {
        return "<ssrc-group xmlns='" + SOURCES + "' semantics='" + semantics + "'>"
                + ssrcs.stream()
                        .map(ssrc -> "<source ssrc='" + Integer.toUnsignedString(ssrc) + "'/>")
                        .collect(Collectors.joining())
                + "</ssrc-group>";
    }

    private static String source(String name, String attributes, int ssrc, String endpointId) {
        return "<source xmlns='" + SOURCES + "' ssrc='" + Integer.toUnsignedString(ssrc) + "' name='" + name + "'"
                + attributes + "><parameter name='msid' value='" + endpointId + "-stream " + name + "'/></source>";
    }

    private static String transportSequence(MediaFormat format) {
        return extension(
                format.transportSequence(),
                "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
    }

    private static String extension(int id, String uri) {
        return id == 0 ? "" : "<rtp-hdrext xmlns='" + EXTENSIONS + "' id='" + id + "' uri='" + uri + "'/>";
    }
}
