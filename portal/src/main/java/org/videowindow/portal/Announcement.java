package org.videowindow.portal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once all is up, where the portal is and what its links will look like: a wrong public address shows here. */
@Component
final class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final PortalProperties properties;
    private final Environment environment;

    Announcement(PortalProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        log.info(
                "Listening on port {}, privately on port {}; people reach the portal at {}; {} shards",
                environment.getProperty("local.server.port"),
                environment.getProperty("local.management.port"),
                properties.publicOrigin(),
                properties.shards().size());
    }
}
