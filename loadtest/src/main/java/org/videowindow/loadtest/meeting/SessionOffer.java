package org.videowindow.loadtest.meeting;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.media.Codec;

/**
 * What the focus offers in a {@code session-initiate} (XEP-0166, XEP-0167, XEP-0176, XEP-0320).
 *
 * @param sessionId the session
 * @param jingle the whole element
 * @param remote ICE of the bridge
 * @param fingerprint SHA-256 of its certificate
 * @param channel where the bridge channel can be opened
 */
record SessionOffer(
        String sessionId, Stanza jingle, IceAgent.Remote remote, String fingerprint, Optional<String> channel) {
    private static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    private static final String SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    private static final String TRANSPORT_SEQUENCE =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final String DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    /** @throws IOException when it cannot be accepted, in one sentence */
    static SessionOffer read(Stanza jingle) throws IOException {
        Stanza transport = jingle.all("content")
                .flatMap(content -> content.all("transport"))
                .filter(one -> one.child("fingerprint").isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("The offer has no transport with a fingerprint."));
        List<IceAgent.Candidate> candidates = transport
                .all("candidate")
                .filter(one -> one.attribute("protocol").equalsIgnoreCase("udp"))
                .flatMap(one -> candidate(one).stream())
                .toList();
        if (candidates.isEmpty()) {
            throw new IOException("The offer has no address that UDP over IPv4 could reach.");
        }
        return new SessionOffer(
                jingle.attribute("sid"),
                jingle,
                new IceAgent.Remote(transport.attribute("ufrag"), transport.attribute("pwd"), candidates),
                transport.child("fingerprint").orElseThrow().text(),
                transport.child("web-socket").map(socket -> socket.attribute("url")));
    }

    private static Optional<IceAgent.Candidate> candidate(Stanza element) {
        try {
            byte[] address = InetAddress.ofLiteral(element.attribute("ip")).getAddress();
            return address.length == 4
                    ? Optional.of(new IceAgent.Candidate(
                            ByteBuffer.wrap(address).getInt(), Integer.parseInt(element.attribute("port"))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The numbers of the session for a codec.
     *
     * @throws IOException when the focus does not offer the codec, in one sentence
     */
    MediaFormat format(Codec codec) throws IOException {
        int audio = payloadType("audio", "opus", "").orElseThrow(() -> new IOException("The meeting has no Opus."));
        int video = payloadType("video", codec.encodingName(), "")
                .orElseThrow(() -> new IOException("The meeting has no " + codec.encodingName() + "."));
        return new MediaFormat(
                codec,
                audio,
                video,
                payloadType("video", "rtx", Integer.toString(video)).orElse(0),
                extension("audio", AUDIO_LEVEL),
                extension("video", SEND_TIME),
                extension("video", TRANSPORT_SEQUENCE),
                extension("video", DESCRIPTOR));
    }

    Optional<Stanza> description(String media) {
        return jingle.all("content")
                .flatMap(content -> content.all("description"))
                .filter(description -> description.attribute("media").equals(media))
                .findFirst();
    }

    private Optional<Integer> payloadType(String media, String name, String repeats) {
        return description(media).stream()
                .flatMap(description -> description.all("payload-type"))
                .filter(type -> type.attribute("name").equalsIgnoreCase(name))
                .filter(type -> repeats.isEmpty()
                        || type.all("parameter")
                                .anyMatch(
                                        parameter -> parameter.attribute("name").equals("apt")
                                                && parameter.attribute("value").equals(repeats)))
                .map(type -> Integer.valueOf(type.attribute("id")))
                .findFirst();
    }

    private int extension(String media, String uri) {
        return description(media).stream()
                .flatMap(description -> description.all("rtp-hdrext"))
                .filter(extension -> extension.attribute("uri").equals(uri))
                .map(extension -> Integer.valueOf(extension.attribute("id")))
                .findFirst()
                .orElse(0);
    }
}
