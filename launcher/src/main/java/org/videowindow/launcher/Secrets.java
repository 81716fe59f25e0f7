package org.videowindow.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The passwords by which the parts know each other: made at the first start, readable by their owner only. */
final class Secrets {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int BYTES = 32;

    static final String FOCUS_PASSWORD = "focus-password";
    static final String BRIDGE_PASSWORD = "bridge-password";
    static final String TURN_SECRET = "turn-secret";
    static final String POSTGRESQL_PASSWORD = "postgresql-password";

    private Secrets() {}

    /** Makes every secret that is not there yet; what is there stays as it is. */
    static void prepare(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, OWNER_ONLY_FOLDER);
        }
        SecureRandom random = new SecureRandom();
        for (String name : List.of(FOCUS_PASSWORD, BRIDGE_PASSWORD, TURN_SECRET, POSTGRESQL_PASSWORD)) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                random.nextBytes(secret);
                write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
            }
        }
    }

    /** Writes a file that only its owner may read, at no moment otherwise. */
    static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, OWNER_ONLY);
        Files.writeString(unfinished, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
