package org.videowindow.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version Maven put into the jar. */
final class Version {
    private static final String PROPERTIES = "/META-INF/maven/org.videowindow/videobridge/pom.properties";

    private Version() {}

    /** The version, or {@code development} when started from class files. */
    static String text() {
        try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            return "development";
        }
    }
}
