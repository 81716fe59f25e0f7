package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The plugin's jar is laid out as Openfire wants it and runs on the Java of current Openfire versions. */
class PluginJarIT {
    private static final int JAVA_17 = 61;

    @Test
    void jarHoldsDescriptionDocumentsAndLibraries() throws Exception {
        try (ZipFile jar =
                new ZipFile(Path.of("target/plugins/video-window.jar").toFile())) {
            for (String name : new String[] {"plugin.xml", "readme.html", "changelog.html"}) {
                assertThat(jar.getEntry(name)).as(name).isNotNull();
            }
            assertThat(jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith("lib/") && name.endsWith(".jar")))
                    .as("nothing that the server brings itself")
                    .allMatch(name -> name.matches("lib/(shard-server-plugin|nimbus-jose-jwt|config)-[0-9.]+\\.jar"))
                    .hasSize(3);
            String description = new String(
                    jar.getInputStream(jar.getEntry("plugin.xml")).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(description).contains("<class>org.videowindow.shard.ShardPlugin</class>");
            ZipEntry classes = jar.stream()
                    .filter(entry -> entry.getName().contains("shard-server-plugin"))
                    .findFirst()
                    .orElseThrow();
            assertThat(classVersion(jar.getInputStream(classes))).isEqualTo(JAVA_17);
        }
    }

    private static int classVersion(InputStream jar) throws Exception {
        ZipInputStream entries = new ZipInputStream(jar);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().endsWith("/ShardPlugin.class")) {
                DataInputStream data = new DataInputStream(entries);
                data.readInt();
                data.readUnsignedShort();
                return data.readUnsignedShort();
            }
        }
        throw new AssertionError("no ShardPlugin in the jar");
    }
}
