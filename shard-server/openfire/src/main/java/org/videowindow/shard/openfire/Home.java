package org.videowindow.shard.openfire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jivesoftware.util.JiveGlobals;

/**
 * The folder Openfire runs in. It is written anew at each start from the launcher's configuration; only the certificate
 * with its key is kept, because focus and bridge pin it.
 *
 * <pre>
 * conf/openfire.xml          domain, interface, where the database is
 * conf/security.xml          names of encrypted properties (none)
 * conf/video-window.conf     the plugin's settings
 * resources/security/...     key stores and their password
 * plugins/admin/             a plugin without console: Openfire opens its ports only once a plugin "admin" is loaded
 * plugins/video-window.jar   the plugin
 * </pre>
 */
final class Home {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final ShardConfiguration configuration;
    private final ServerCertificate certificate;

    private Home(ShardConfiguration configuration, ServerCertificate certificate) {
        this.configuration = configuration;
        this.certificate = certificate;
    }

    /** Writes the folder. */
    static Home prepare(ShardConfiguration configuration) throws IOException, StartException {
        Path home = configuration.home();
        createPrivate(home);
        createPrivate(home.resolve("conf"));
        createPrivate(home.resolve("logs"));
        write(home.resolve("conf/openfire.xml"), openfireXml(configuration));
        write(home.resolve("conf/security.xml"), XML + "<security><encrypt/></security>\n");
        write(home.resolve("conf/video-window.conf"), configuration.pluginSettings());
        writePlugins(configuration);
        Path security = home.resolve("resources/security");
        createPrivate(security);
        ServerCertificate certificate = ServerCertificate.openOrCreate(security, configuration.domain(), Instant.now());
        certificate.export(configuration.certificateFile());
        return new Home(configuration, certificate);
    }

    /** Makes this the home of the Openfire in this process. Call once, before the server is made. */
    void activate() {
        System.setProperty("openfireHome", configuration.home().toString());
        JiveGlobals.setHomeDirectory(configuration.home().toString());
        JiveGlobals.setConfigName("conf/openfire.xml");
        ServerProperties.of(configuration, certificate.password()).forEach(JiveGlobals::setProperty);
    }

    private static String openfireXml(ShardConfiguration configuration) {
        return XML
                + """
                <jive>
                  <setup>true</setup>
                  <locale>en</locale>
                  <fqdn>%1$s</fqdn>
                  <xmpp><domain>%1$s</domain><fqdn>%1$s</fqdn></xmpp>
                  <network><interface>%2$s</interface></network>
                  <adminConsole><port>-1</port><securePort>-1</securePort></adminConsole>
                  <connectionProvider><className>%3$s</className></connectionProvider>
                </jive>
                """.formatted(configuration.domain(), configuration.listenAddress(), MemoryDatabase.class.getName());
    }

    private static void writePlugins(ShardConfiguration configuration) throws IOException, StartException {
        Path plugins = configuration.home().resolve("plugins");
        deleteTree(plugins);
        createPrivate(plugins.resolve("admin"));
        write(
                plugins.resolve("admin/plugin.xml"),
                XML + "<plugin><class>" + NoConsole.class.getName() + "</class><name>admin</name></plugin>\n");
        Path jar = configuration.pluginFile();
        if (!Files.isReadable(jar)) {
            throw new StartException(
                    "The plugin " + jar + " is not there: build it, or name another by openfire.plugin-file.");
        }
        Path copy = plugins.resolve("video-window.jar");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** A folder only we can read, where the file system knows such a thing. */
    private static void createPrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
