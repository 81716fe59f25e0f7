package org.videowindow.launcher;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import org.videowindow.launcher.turn.StunMessage;
import org.videowindow.launcher.turn.StunRequest;

/**
 * Each bridge: asks it for a conference with one endpoint, checks each address that it advertises as a browser would
 * (RFC 8445, 7.2.4), opens the endpoint's channel, and ends the conference.
 */
final class MediaHops {
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int ICE_CONTROLLING = 0x802a;
    private static final short FINGERPRINT = (short) 0x8028;
    private static final int FINGERPRINT_MASK = 0x5354554e;
    private static final int STUN_HEADER = 20;
    private static final String OUR_FRAGMENT = "doctor";
    private static final int OUR_PRIORITY = 0x6e7f_1eff;
    private static final int[] REPEAT_AFTER_MILLISECONDS = {500, 1000, 1500};

    private final Doctor doctor;
    private final Installation installation;
    private final SetUp setUp;
    private final Web web;

    MediaHops(Doctor doctor, Web web) {
        this.doctor = doctor;
        this.installation = doctor.installation();
        this.setUp = installation.setUp();
        this.web = web;
    }

    void look() throws InterruptedException {
        for (Instance bridge : setUp.of(Part.VIDEOBRIDGE)) {
            String hop = "conference on " + setUp.label(bridge);
            if (!doctor.runs(bridge)) {
                doctor.skipped(hop, bridge);
                continue;
            }
            look(hop, bridge);
        }
    }

    private void look(String hop, Instance bridge) throws InterruptedException {
        String conferences =
                "http://127.0.0.1:" + installation.ports().bridge(bridge.number()) + "/colibri/v2/conferences";
        String meeting = UUID.randomUUID().toString();
        try {
            HttpResponse<String> answer = web.send("POST", conferences, """
                    {"meeting-id": "%s", "name": "doctor@conference.%s", "endpoints": [{
                      "id": "d0c70001", "create": true, "transport": {"ice-controlling": true},
                      "medias": [{"type": "audio", "payload-types":
                        [{"id": "111", "name": "opus", "clockrate": "48000", "channels": "2"}]}]}]}""".formatted(meeting, Installation.DOMAIN));
            if (answer.statusCode() != 200) {
                doctor.findings()
                        .failed(
                                hop,
                                "refused with status " + answer.statusCode() + ": "
                                        + answer.body().strip(),
                                "Look into " + installation.log(bridge)
                                        + "; a drained bridge takes conferences again after DELETE /colibri/drain.");
                return;
            }
            doctor.findings().ok(hop, "made by COLIBRI2");
            Object transport = Json.at(Json.read(answer.body().strip()), "endpoints", 0, "transport", "transport");
            for (Object candidate : Json.list(transport, "candidates")) {
                // Where datagrams get through, connections are not needed.
                if (Json.text(candidate, "protocol").equals("udp")) {
                    candidate(bridge, transport, candidate);
                }
            }
            for (Object channel : Json.list(transport, "web-sockets")) {
                channel(bridge, channel.toString());
            }
            web.send("PATCH", conferences + "/" + meeting, "{\"expire\": true}");
        } catch (IOException | IllegalArgumentException silent) {
            doctor.findings()
                    .failed(
                            hop,
                            "the bridge does not answer: " + silent.getMessage(),
                            "Look into " + installation.log(bridge) + ".");
        }
    }

    private void candidate(Instance bridge, Object transport, Object candidate) {
        String ip = Json.text(candidate, "ip");
        int port = Integer.parseInt(Json.text(candidate, "port"));
        String hop = "UDP to " + setUp.label(bridge);
        String where = ip + ":" + port;
        Optional<String> trouble = check(
                new InetSocketAddress(InetAddress.ofLiteral(ip), port),
                Json.text(transport, "ufrag"),
                Json.text(transport, "pwd"));
        if (trouble.isEmpty()) {
            doctor.findings().ok(hop, "the advertised address " + where + " answers");
        } else if (isOurs(ip)) {
            doctor.findings()
                    .failed(
                            hop,
                            "UDP is closed: the advertised address " + where + ", of this machine, " + trouble.get(),
                            "Open UDP port " + port + " in the firewall of " + ip
                                    + ", and let media.bind-address in " + installation.configuration(bridge)
                                    + " cover that address.");
        } else {
            doctor.findings()
                    .failed(
                            hop,
                            "the advertised address " + where + " is none of this machine's and " + trouble.get(),
                            "Set media.advertised-addresses in " + installation.configuration(bridge)
                                    + " to the address at which clients reach this bridge; if it is right, pass UDP port "
                                    + port + " from there to this machine; " + doctor.restart(bridge) + ".");
        }
    }

    private static boolean isOurs(String ip) {
        try {
            InetAddress address = InetAddress.ofLiteral(ip);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** @return what is wrong, empty if a success response signed by the bridge came */
    private static Optional<String> check(InetSocketAddress address, String fragment, String password) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        StunRequest request = StunRequest.request(StunMessage.BINDING)
                .with(StunMessage.USERNAME, fragment + ":" + OUR_FRAGMENT)
                .with(PRIORITY, OUR_PRIORITY)
                .with(ICE_CONTROLLING, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                .with(USE_CANDIDATE, new byte[0]);
        byte[] bytes = withFingerprint(request.signed(key));
        byte[] buffer = new byte[1500];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address);
            for (int patience : REPEAT_AFTER_MILLISECONDS) {
                socket.send(new DatagramPacket(bytes, bytes.length));
                socket.setSoTimeout(patience);
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException lost) {
                    continue;
                }
                Optional<StunMessage> answer = StunMessage.read(Arrays.copyOf(buffer, packet.getLength()))
                        .filter(message -> message.transaction().equals(request.transaction()));
                if (answer.isPresent()) {
                    return answer.get().isSuccess() && answer.get().isSignedWith(key)
                            ? Optional.empty()
                            : Optional.of("answers a STUN check with error "
                                    + answer.get().errorCode());
                }
            }
            return Optional.of("does not answer a STUN check");
        } catch (PortUnreachableException closed) {
            return Optional.of("has nobody listening on that port");
        } catch (IOException unreachable) {
            return Optional.of("cannot be reached: " + unreachable.getMessage());
        }
    }

    /** FINGERPRINT (RFC 8489, 14.7), by which a bridge tells checks from media. */
    private static byte[] withFingerprint(byte[] message) {
        ByteBuffer whole = ByteBuffer.allocate(message.length + 8).put(message);
        whole.putShort(2, (short) (message.length + 8 - STUN_HEADER));
        CRC32 crc = new CRC32();
        crc.update(whole.array(), 0, message.length);
        return whole.putShort(FINGERPRINT)
                .putShort((short) 4)
                .putInt((int) crc.getValue() ^ FINGERPRINT_MASK)
                .array();
    }

    private void channel(Instance bridge, String address) throws InterruptedException {
        String hop = "channel of " + setUp.label(bridge);
        String where = address.replaceAll("\\?.*", "");
        String fix = (setUp.haproxy()
                        ? "The proxy has to pass /colibri-ws/" + bridge.name() + "/ to that bridge: look into "
                                + installation.log(new Instance(Part.HAPROXY, 1))
                        : "Look into " + installation.log(bridge))
                + ", and compare channel.public-url in " + installation.configuration(bridge) + ".";
        XmppHops.Frames frames = new XmppHops.Frames();
        try {
            WebSocket socket = web.client()
                    .newWebSocketBuilder()
                    .connectTimeout(Web.PATIENCE)
                    .buildAsync(URI.create(address), frames)
                    .join();
            String hello = frames.next();
            socket.abort();
            if (hello.contains("ServerHello")) {
                doctor.findings().ok(hop, where.replaceAll("/colibri-ws/.*", ""));
            } else {
                doctor.findings().failed(hop, where + " says nothing", fix);
            }
        } catch (CompletionException refused) {
            doctor.findings().failed(hop, where + " takes no WebSocket: " + XmppHops.reason(refused.getCause()), fix);
        }
    }
}
