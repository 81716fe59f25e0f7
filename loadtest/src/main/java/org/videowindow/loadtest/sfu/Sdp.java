package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.ice.IceAgent;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** As much of SDP (RFC 8866, RFC 8829) as it takes to talk to Janus: our offer, our answer, what to read of the other's. */
final class Sdp {
    private static final Pattern CANDIDATE =
            Pattern.compile("a=candidate:\\S+ 1 (?i:udp) \\d+ (\\d+\\.\\d+\\.\\d+\\.\\d+) (\\d+) typ host");
    private static final Pattern FID = Pattern.compile("a=ssrc-group:FID (\\d+) (\\d+)");
    private static final Pattern FINGERPRINT = Pattern.compile("a=fingerprint:(?i:sha-256) (\\S+)");

    /** A source and its retransmissions. */
    record Repeat(int ssrc, int repeatSsrc) {}

    private Sdp() {}

    /** Offers one microphone and one camera. */
    static String offer(Room.Joining joining, Codec codec, String fingerprint) {
        Participant participant = joining.participant();
        MediaFormat format = participant.format();
        StringBuilder sdp = new StringBuilder(head("BUNDLE 0 1"));
        sdp.append(line("m=audio 9 UDP/TLS/RTP/SAVPF " + format.audioType()))
                .append(transport(participant, fingerprint, "active", "0"))
                .append(line("a=sendonly"))
                .append(line("a=rtpmap:" + format.audioType() + " opus/48000/2"))
                .append(extension(format.audioLevel(), Extensions.AUDIO_LEVEL))
                .append(extension(format.transportSequence(), Extensions.TRANSPORT_SEQUENCE))
                .append(line("a=rtcp-fb:" + format.audioType() + " transport-cc"))
                .append(ssrc(joining.source().audioSsrc()));
        int type = format.videoType();
        sdp.append(line("m=video 9 UDP/TLS/RTP/SAVPF " + type + " " + format.repeatType()))
                .append(transport(participant, fingerprint, "active", "1"))
                .append(line("a=sendonly"))
                .append(line("a=rtpmap:" + type + " " + codec.encodingName() + "/90000"))
                .append(line("a=rtpmap:" + format.repeatType() + " rtx/90000"))
                .append(line("a=fmtp:" + format.repeatType() + " apt=" + type));
        if (!codec.parameters().isEmpty()) {
            sdp.append(line("a=fmtp:" + type + " " + codec.parameters()));
        }
        for (String feedback : List.of("ccm fir", "nack", "nack pli", "transport-cc", "goog-remb")) {
            sdp.append(line("a=rtcp-fb:" + type + " " + feedback));
        }
        sdp.append(extension(format.sendTime(), Extensions.SEND_TIME))
                .append(extension(format.transportSequence(), Extensions.TRANSPORT_SEQUENCE));
        List<Encoding> encodings = joining.source().video();
        if (encodings.size() > 1) {
            StringBuilder group = new StringBuilder("a=ssrc-group:SIM");
            encodings.forEach(encoding -> group.append(' ').append(Integer.toUnsignedString(encoding.ssrc())));
            sdp.append(line(group.toString()));
        }
        for (Encoding encoding : encodings) {
            sdp.append(line("a=ssrc-group:FID " + Integer.toUnsignedString(encoding.ssrc()) + " "
                    + Integer.toUnsignedString(encoding.repeatSsrc())));
            sdp.append(ssrc(encoding.ssrc())).append(ssrc(encoding.repeatSsrc()));
        }
        return sdp.toString();
    }

    /** Takes everything that is offered. */
    static String answer(String offer, Participant participant, String fingerprint) {
        StringBuilder sdp = new StringBuilder();
        List<String> mids = new ArrayList<>();
        StringBuilder media = new StringBuilder();
        for (String section : List.of(offer.split("(?m)^(?=m=)"))) {
            if (!section.startsWith("m=")) {
                continue;
            }
            String mid = attribute(section, "mid").orElse("0");
            mids.add(mid);
            media.append(line(section.lines().findFirst().orElseThrow().strip()))
                    .append(transport(participant, fingerprint, "active", mid))
                    .append(line("a=recvonly"));
            section.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("a=rtpmap:")
                            || line.startsWith("a=fmtp:")
                            || line.startsWith("a=rtcp-fb:")
                            || line.startsWith("a=extmap:"))
                    .forEach(line -> media.append(line(line)));
        }
        sdp.append(head("BUNDLE " + String.join(" ", mids))).append(media);
        return sdp.toString();
    }

    private static java.util.Optional<String> attribute(String section, String name) {
        return section.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("a=" + name + ":"))
                .map(line -> line.substring(name.length() + 3))
                .findFirst();
    }

    private static String head(String group) {
        return line("v=0")
                + line("o=- 1 1 IN IP4 127.0.0.1")
                + line("s=-")
                + line("t=0 0")
                + line("a=group:" + group)
                + line("a=msid-semantic: WMS *");
    }

    private static String transport(Participant participant, String fingerprint, String setup, String mid) {
        return line("c=IN IP4 0.0.0.0")
                + line("a=mid:" + mid)
                + line("a=rtcp-mux")
                + line("a=ice-ufrag:" + participant.iceFragment())
                + line("a=ice-pwd:" + participant.icePassword())
                + line("a=fingerprint:sha-256 " + fingerprint)
                + line("a=setup:" + setup)
                + line("a=candidate:1 1 udp " + IceAgent.hostPriority() + " " + participant.candidateAddress() + " "
                        + participant.candidatePort() + " typ host")
                + line("a=end-of-candidates");
    }

    private static String extension(int id, String uri) {
        return id == 0 ? "" : line("a=extmap:" + id + " " + uri);
    }

    private static String ssrc(int ssrc) {
        return line("a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:loadtest")
                + line("a=ssrc:" + Integer.toUnsignedString(ssrc) + " msid:loadtest loadtest");
    }

    private static String line(String text) {
        return text + "\r\n";
    }

    /** Where and how the other is reached. */
    static IceAgent.Remote remote(String sdp) throws IOException {
        List<IceAgent.Candidate> candidates = new ArrayList<>();
        Matcher found = CANDIDATE.matcher(sdp);
        while (found.find()) {
            IceAgent.Candidate candidate = new IceAgent.Candidate(
                    ByteBuffer.wrap(InetAddress.getByName(found.group(1)).getAddress())
                            .getInt(),
                    Integer.parseInt(found.group(2)));
            if (!candidates.contains(candidate)) {
                candidates.add(candidate);
            }
        }
        if (candidates.isEmpty()) {
            throw new IOException("Janus has no IPv4 candidate:\n" + sdp);
        }
        return new IceAgent.Remote(
                attribute(sdp, "ice-ufrag").orElse(""),
                attribute(sdp, "ice-pwd").orElse(""),
                candidates);
    }

    /** SHA-256 of the other's certificate. */
    static String fingerprint(String sdp) throws IOException {
        Matcher found = FINGERPRINT.matcher(sdp);
        if (!found.find()) {
            throw new IOException("Janus signals no SHA-256 fingerprint.");
        }
        return found.group(1);
    }

    /** The numbers in an offer of sound and a picture of this codec. */
    static MediaFormat format(String offer, Codec codec) {
        int video = number(offer, "a=rtpmap:(\\d+) (?i:" + codec.encodingName() + ")/90000");
        return new MediaFormat(
                codec,
                number(offer, "a=rtpmap:(\\d+) (?i:opus)/48000"),
                video,
                number(offer, "a=fmtp:(\\d+) apt=" + video + "\\b"),
                extensionId(offer, Extensions.AUDIO_LEVEL),
                extensionId(offer, Extensions.SEND_TIME),
                extensionId(offer, Extensions.TRANSPORT_SEQUENCE),
                extensionId(offer, Extensions.DESCRIPTOR));
    }

    private static int extensionId(String offer, String uri) {
        return number(offer, "a=extmap:(\\d+)(?:/\\w+)? " + Pattern.quote(uri));
    }

    private static int number(String offer, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(offer);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    /** Which SSRC carries the retransmissions of which. */
    static List<Repeat> repeats(String sdp) {
        List<Repeat> repeats = new ArrayList<>();
        Matcher found = FID.matcher(sdp);
        while (found.find()) {
            repeats.add(new Repeat(Integer.parseUnsignedInt(found.group(1)), Integer.parseUnsignedInt(found.group(2))));
        }
        return repeats;
    }
}
