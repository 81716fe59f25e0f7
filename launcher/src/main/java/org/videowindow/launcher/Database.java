package org.videowindow.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The PostgreSQL of an installation: its folder, its first start, its command line. PostgreSQL refuses to run as root;
 * then it runs as Debian's user postgres.
 */
final class Database {
    private static final String USER = "postgres";

    /** Role and database of the portal. */
    static final String NAME = "portal";

    private final Installation installation;
    private final Instance instance = new Instance(Part.POSTGRESQL, 1);

    Database(Installation installation) {
        this.installation = installation;
    }

    /** What runs a program as the user that PostgreSQL is to run as. */
    private static List<String> asItsUser(List<String> command) {
        if (!Programs.areWeRoot()) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        words.addAll(command);
        return words;
    }

    List<String> command() throws IOException {
        return asItsUser(List.of(
                Programs.of(Part.POSTGRESQL).toString(),
                "-D",
                cluster().toString(),
                "-p",
                Integer.toString(installation.ports().database()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "password_encryption=scram-sha-256"));
    }

    /** Whether it takes connections. */
    boolean isReady() {
        try {
            return Run.of(
                                    Programs.postgresql("pg_isready").toString(),
                                    "-q",
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    Integer.toString(installation.ports().database()))
                            .code()
                    == 0;
        } catch (IOException unreachable) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The folder of the cluster, behind a link where PostgreSQL's user cannot reach our home. */
    private Path cluster() throws IOException {
        return installation.data(instance).resolve("cluster").toRealPath();
    }

    /** Makes the cluster, the portal's role and its database, where they are not there yet. */
    void prepare() throws IOException, InterruptedException {
        Path data = installation.data(instance);
        Path cluster = data.resolve("cluster");
        if (Files.isDirectory(cluster)) {
            return;
        }
        Files.deleteIfExists(cluster);
        Files.createDirectories(data);
        Path place = placeFor(data);
        Path unfinished = Files.createTempDirectory(place, "unfinished");
        if (Programs.areWeRoot()) {
            Run.of("chown", USER, unfinished.toString()).orRefuse("Giving " + unfinished + " to " + USER);
        }
        Run.of(
                        asItsUser(List.of(
                                Programs.postgresql("initdb").toString(),
                                "-D",
                                unfinished.toString(),
                                "-U",
                                USER,
                                "-E",
                                "UTF8",
                                "--locale=C.UTF-8",
                                "--auth-local=peer",
                                "--auth-host=scram-sha-256")),
                        "")
                .orRefuse("Making the database cluster");
        String password = Files.readString(installation.secret(Secrets.POSTGRESQL_PASSWORD))
                .strip();
        Run.of(
                        asItsUser(List.of(
                                Programs.of(Part.POSTGRESQL).toString(),
                                "--single",
                                "-D",
                                unfinished.toString(),
                                "postgres")),
                        "CREATE ROLE portal LOGIN PASSWORD '" + password + "'\nCREATE DATABASE portal OWNER portal\n")
                .orRefuse("Making the portal's database");
        Path made = Files.move(unfinished, place.resolve("cluster"));
        if (!made.equals(cluster)) {
            Files.createSymbolicLink(cluster, made);
        }
    }

    /** Below our home if PostgreSQL's user can get there, else below /var/tmp. */
    private Path placeFor(Path data) throws IOException, InterruptedException {
        if (!Programs.areWeRoot()
                || Run.of(asItsUser(List.of("test", "-x", data.toString())), "").code() == 0) {
            return data;
        }
        Path elsewhere = Path.of("/var/tmp/video-window-" + digest(data));
        Files.createDirectories(elsewhere);
        Path cluster = elsewhere.resolve("cluster");
        if (Files.exists(cluster)) {
            throw new Refusal("There is a database at " + cluster + " that " + data
                    + " does not know any more: move it away, or link it to " + data.resolve("cluster") + ".");
        }
        return elsewhere;
    }

    private static String digest(Path path) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
