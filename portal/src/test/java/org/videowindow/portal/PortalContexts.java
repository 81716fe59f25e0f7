package org.videowindow.portal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** Portals that a test starts by itself, in this JVM. */
public final class PortalContexts {
    private PortalContexts() {}

    /**
     * Starts a portal on free ports.
     *
     * @param directory where it may write
     * @param url the JDBC address of its database
     * @param arguments further configuration, such as {@code --portal.limits.window=1m}
     */
    public static ConfigurableApplicationContext start(Path directory, String url, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=" + url,
                "--portal.data-directory=" + directory,
                "--portal.password.memory-kib=7168",
                "--portal.password.iterations=1"));
        all.addAll(List.of(arguments));
        return Portal.application().run(all.toArray(String[]::new));
    }

    /** Somebody who has not been there before. */
    public static Visitor visitor(ConfigurableApplicationContext portal) {
        return new Visitor(portal.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
