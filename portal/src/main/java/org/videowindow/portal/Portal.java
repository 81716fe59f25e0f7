package org.videowindow.portal;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The portal: accounts, meetings and join tickets over HTTP, and the web application that uses them. */
@SpringBootApplication
@EnableConfigurationProperties(PortalProperties.class)
@EnableScheduling
public class Portal {
    /** Starts the portal. Configuration: {@code --spring.config.additional-location=file:<yaml>}. */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The application as {@link #main} and tests start it. */
    static SpringApplication application() {
        SpringApplication application = new SpringApplication(Portal.class);
        application.addListeners(new DataDirectory());
        return application;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
