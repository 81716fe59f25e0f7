package org.videowindow.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.videowindow.launcher.turn.TurnClient;
import org.videowindow.launcher.turn.TurnRefused;
import org.videowindow.launcher.turn.TurnTransport;

/** A relay of coturn, asked for over UDP, TCP and TLS with credentials like those that portal and shards hand out. */
final class TurnHops {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int UNAUTHORIZED = 401;

    private final Doctor doctor;
    private final Installation installation;
    private final SetUp setUp;
    private final Instance coturn = new Instance(Part.COTURN, 1);

    TurnHops(Doctor doctor) {
        this.doctor = doctor;
        this.installation = doctor.installation();
        this.setUp = installation.setUp();
    }

    private interface Way {
        TurnTransport open() throws IOException;
    }

    void look() throws IOException {
        if (!setUp.coturn()) {
            doctor.findings().skipped("TURN", "this set-up has no TURN server: --with coturn");
            return;
        }
        InetSocketAddress plain = address(installation.ports().turn());
        look("TURN over UDP", plain, () -> TurnTransport.udp(plain));
        look("TURN over TCP", plain, () -> TurnTransport.tcp(plain, Web.PATIENCE));
        InetSocketAddress tls = address(installation.ports().turnTls());
        look("TURN over TLS", tls, () -> tls(tls));
        if (setUp.haproxy() && setUp.onLoopback()) {
            InetSocketAddress shared = address(installation.ports().https(1));
            look("TURN over TLS through HAProxy", shared, () -> tls(shared));
        }
    }

    private InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(setUp.listen()), port);
    }

    private static TurnTransport tls(InetSocketAddress address) throws IOException {
        return TurnTransport.tls(address, "turn.localhost", Web.anyCertificate(), Web.PATIENCE);
    }

    private void look(String hop, InetSocketAddress address, Way way) throws IOException {
        if (!doctor.runs(coturn)) {
            doctor.skipped(hop, coturn);
            return;
        }
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        String secret =
                Files.readString(installation.secret(Secrets.TURN_SECRET)).strip();
        String username = Instant.now().plus(LIFE).getEpochSecond() + ":doctor";
        try (TurnTransport transport = way.open();
                TurnClient client = new TurnClient(transport, username, password(secret, username), Web.PATIENCE)) {
            TurnClient.Allocation relay = client.allocate();
            client.refresh(Duration.ZERO);
            doctor.findings()
                    .ok(
                            hop,
                            where + " gives relays on "
                                    + relay.relayed().getAddress().getHostAddress());
        } catch (TurnRefused refused) {
            doctor.findings()
                    .failed(
                            hop,
                            refused.code() == UNAUTHORIZED
                                    ? where + " has another TURN secret: it refuses credentials made with "
                                            + installation.secret(Secrets.TURN_SECRET)
                                    : where + " gives no relay: " + refused.getMessage(),
                            refused.code() == UNAUTHORIZED
                                    ? "Make static-auth-secret in " + installation.configuration(coturn)
                                            + " and portal.turn.secret-file the same (./video-window down and up writes"
                                            + " both), " + doctor.restart(coturn) + "."
                                    : "Look into " + installation.log(coturn) + "; a quota may be used up.");
        } catch (IOException unreachable) {
            doctor.findings()
                    .failed(
                            hop,
                            where + " does not answer: " + XmppHops.reason(unreachable),
                            "Open the port in the firewall, and look into " + installation.log(coturn) + ".");
        }
    }

    /** The password that belongs to a user name of coturn's shared-secret scheme. */
    static String password(String secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
