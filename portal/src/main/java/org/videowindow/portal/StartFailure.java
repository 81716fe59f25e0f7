package org.videowindow.portal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says on standard error, in one sentence, why the portal did not start. What it has no sentence for is left to Spring
 * Boot's own reports. Made by Spring Boot (META-INF/spring.factories).
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartFailure implements SpringBootExceptionReporter {
    /** H2's error code for a database file that another process has open. */
    private static final int DATABASE_ALREADY_OPEN = 90020;

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = sentence(failure);
        sentence.ifPresent(System.err::println);
        return sentence.isPresent();
    }

    /** The sentence for a failure; empty where there is none better than the stack. */
    static Optional<String> sentence(Throwable failure) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes.reversed()) { // The deepest cause says most.
            Optional<String> sentence = known(cause);
            if (sentence.isPresent()) {
                return sentence;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> known(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case IllegalArgumentException e when message.startsWith("portal.") -> Optional.of(message);
            case UnboundConfigurationPropertiesException e -> Optional.of(unknownKey(e));
            case BindException e -> Optional.of(badValue(e));
            case PortInUseException e ->
                Optional.of("Port " + e.getPort() + " is in use by another program; "
                        + "stop that program or choose another server.port or management.server.port");
            case ConfigDataNotFoundException e ->
                Optional.of("The configuration file " + e.getReferenceDescription() + " is not there");
            case MarkedYAMLException e ->
                Optional.of("The configuration file is not good YAML: " + e.getProblem() + " in " + place(e));
            case SQLException e
            when e.getErrorCode() == DATABASE_ALREADY_OPEN ->
                Optional.of("The database in portal.data-directory is open in another process; stop that one first");
            case SQLException e ->
                Optional.of("The database of spring.datasource.url cannot be used: " + firstLine(message));
            default -> Optional.empty();
        };
    }

    private static String unknownKey(UnboundConfigurationPropertiesException e) {
        List<String> keys = e.getUnboundProperties().stream()
                .map(property -> property.getName() + origin(property))
                .toList();
        return "The configuration has " + (keys.size() == 1 ? "an unknown key: " : "unknown keys: ")
                + String.join(", ", keys);
    }

    private static String badValue(BindException e) {
        ConfigurationProperty property = e.getProperty();
        if (property == null) {
            return "The configuration key " + e.getName() + " is missing or cannot be read";
        }
        return "The configuration key " + e.getName() + origin(property) + " cannot be '" + property.getValue() + "'";
    }

    private static String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private static String place(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? "an unknown line"
                : "line " + (e.getProblemMark().getLine() + 1);
    }

    private static String firstLine(String message) {
        return message.lines().limit(1).collect(Collectors.joining());
    }

    /** Outermost first; bounded, should a chain of causes bite its tail. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < 30; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
