package org.videowindow.portal.turn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.videowindow.portal.PortalProperties;

/** The STUN and TURN servers that a ticket names, with a credential of its own for each ticket. */
@Service
public class IceServers {
    private final TurnProperties settings;
    private final byte @Nullable [] secret;
    private final Clock clock;

    IceServers(PortalProperties properties, Clock clock) {
        this.settings = properties.turn();
        this.secret = settings.secretFile() == null ? null : read(settings.secretFile());
        this.clock = clock;
    }

    /**
     * The servers for one client.
     *
     * @param client a name without meaning to others, such as the id of its token
     */
    public List<IceServer> forClient(String client) {
        return forClient(client, settings.life());
    }

    /**
     * The servers for one client.
     *
     * @param life how long the credential works
     */
    public List<IceServer> forClient(String client, Duration life) {
        List<IceServer> servers = new ArrayList<>();
        List<String> stun = urls("stun");
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, null, null));
        }
        List<String> turn = urls("turn");
        if (!turn.isEmpty() && secret != null) {
            TurnCredential credential =
                    TurnCredential.make(secret, client, clock.instant().plus(life));
            servers.add(new IceServer(turn, credential.username(), credential.password()));
        }
        return servers;
    }

    private List<String> urls(String scheme) {
        return settings.urls().stream().filter(url -> url.startsWith(scheme)).toList();
    }

    private static byte[] read(Path file) {
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("portal.turn.secret-file " + file + " cannot be read");
        }
        if (secret.length() < 16) {
            throw new IllegalArgumentException(
                    "portal.turn.secret-file " + file + " must hold a secret of at least 16 characters");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
