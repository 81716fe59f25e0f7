package org.videowindow.shard.openfire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The launcher's settings, read once at the start. {@code reference.conf} describes each key.
 *
 * @param domain XMPP domain, lower case
 * @param home absolute folder of the server
 * @param listenAddress address of both ports
 * @param clientPort XMPP over TCP
 * @param webSocketPort XMPP over WebSocket
 * @param certificateFile where the TCP port's certificate is written
 * @param pluginFile the plugin's jar
 * @param pluginSettings the plugin's own settings as HOCON text
 */
record ShardConfiguration(
        String domain,
        Path home,
        String listenAddress,
        int clientPort,
        int webSocketPort,
        Path certificateFile,
        Path pluginFile,
        String pluginSettings) {

    /**
     * Reads a file over the defaults.
     *
     * @throws StartException if the file is missing or has a key that the launcher does not know
     * @throws com.typesafe.config.ConfigException if a value does not fit
     */
    static ShardConfiguration load(Path file) throws StartException, IOException {
        if (!Files.isReadable(file)) {
            throw new StartException("The configuration file " + file + " cannot be read.");
        }
        Config reference = resource("reference.conf");
        Config settings = ConfigFactory.parseFile(file.toFile()).resolve();
        requireKnown(settings, reference, file);
        return of(resource("environment.conf").withFallback(settings).withFallback(reference));
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(ShardConfiguration.class.getClassLoader(), name)
                .resolve();
    }

    private static void requireKnown(Config settings, Config reference, Path file) throws StartException {
        for (var entry : settings.entrySet()) {
            if (!reference.hasPathOrNull(entry.getKey())) {
                throw new StartException("Unknown key " + entry.getKey() + " in " + file + ".");
            }
        }
    }

    private static ShardConfiguration of(Config settings) throws IOException {
        Config openfire = settings.getConfig("openfire");
        Path home = Path.of(openfire.getString("home")).toAbsolutePath().normalize();
        String certificate = openfire.getString("certificate-file");
        String plugin = openfire.getString("plugin-file");
        return new ShardConfiguration(
                settings.getString("xmpp.domain"),
                home,
                openfire.getString("interface"),
                openfire.getInt("client-port"),
                openfire.getInt("websocket-port"),
                certificate.isEmpty()
                        ? home.resolve("certificate.pem")
                        : Path.of(certificate).toAbsolutePath(),
                plugin.isEmpty() ? besideOwnJar() : Path.of(plugin).toAbsolutePath(),
                settings.withoutPath("openfire")
                        .withoutPath("xmpp")
                        .root()
                        .render(ConfigRenderOptions.concise().setFormatted(true).setJson(false)));
    }

    /** {@code plugins/video-window.jar} in the folder of the jar this class came from (or of {@code classes}). */
    private static Path besideOwnJar() throws IOException {
        try {
            Path own = Path.of(ShardConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.toAbsolutePath().resolveSibling("plugins").resolve("video-window.jar");
        } catch (URISyntaxException e) {
            throw new IOException("The server's own jar cannot be found", e);
        }
    }
}
