package org.videowindow.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.videowindow.portal.database.TestDatabase;

/** A portal of a test's own, with an empty database and the settings that the test gives. */
public final class RunningPortal implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final int port;

    private RunningPortal(int port, List<String> arguments) {
        this.port = port;
        SpringApplication application = Portal.application();
        application.addPrimarySources(Set.of(PortalTest.TestClock.class));
        context = application.run(arguments.toArray(String[]::new));
    }

    /**
     * Starts one.
     *
     * @param settings as on the command line but without the dashes
     */
    public static RunningPortal with(String... settings) {
        int port = freePort();
        return new RunningPortal(
                port, arguments(port, "http://127.0.0.1:" + port, TestDatabase.newUrl(), List.of(settings)));
    }

    /** Starts another instance of the same installation: same database, same public address. */
    public RunningPortal sibling(String... settings) {
        int other = freePort();
        String database = context.getEnvironment().getRequiredProperty("spring.datasource.url");
        return new RunningPortal(other, arguments(other, origin(), database, List.of(settings)));
    }

    private static List<String> arguments(int port, String publicUrl, String database, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--management.server.port=0",
                "--spring.datasource.url=" + database,
                "--portal.data-directory=" + System.getProperty("java.io.tmpdir"),
                "--portal.public-url=" + publicUrl,
                "--portal.password.memory-kib=7168",
                "--portal.password.iterations=1",
                "--portal.limits.sign-ins-per-address=10000",
                "--portal.limits.sign-ups-per-address=10000",
                "--portal.limits.mails-per-address=10000"));
        settings.forEach(setting -> arguments.add("--" + setting));
        return arguments;
    }

    public Visitor visitor() {
        return new Visitor(port);
    }

    /** Asks at the private port. */
    public Visitor operator() {
        return new Visitor(context.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
    }

    /** Where people reach the first instance. */
    public String origin() {
        return context.getEnvironment().getRequiredProperty("portal.public-url");
    }

    public MovableClock clock() {
        return context.getBean(MovableClock.class);
    }

    /** The present time again; what the future's rate limits have counted is forgotten. */
    public void backToNow() {
        clock().reset();
        database().sql("delete from rate_limit").update();
    }

    public JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    /** A part of the portal. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A port where nobody listens at the moment. */
    public static int freePort() {
        // Below the range that the kernel takes ports from for connections: one of those could have it a moment later.
        int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
