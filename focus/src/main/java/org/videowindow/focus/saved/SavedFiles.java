package org.videowindow.focus.saved;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jxmpp.jid.EntityBareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes on conferences in a folder of their own, one file each, replaced by renaming. They have to survive the process,
 * not the machine: with the machine the rooms are gone as well, and nothing waits for a disk. A lock in the folder keeps
 * a second focus out for as long as the first lives.
 */
public final class SavedFiles implements SavedConferences, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SavedFiles.class);
    private static final String SUFFIX = ".conference";
    private static final int LIMIT = 100_000;

    private final Path folder;
    private final FileChannel lockFile;
    /** Whether the last attempt failed: said once, not for each of thousands. */
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Another focus has the folder. */
    public static final class TakenException extends IOException {
        private static final long serialVersionUID = 1L;

        private TakenException(String sentence) {
            super(sentence);
        }
    }

    private SavedFiles(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, making it where it is missing.
     *
     * @throws TakenException when another focus has it
     * @throws IOException when it cannot be written; the message is one sentence
     */
    public static SavedFiles in(Path folder) throws IOException {
        FileChannel channel = null;
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new SavedFiles(folder, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another one in this process.
        } catch (IOException e) {
            throw new IOException("The folder " + folder + " cannot be written: " + e + ".", e);
        }
        channel.close();
        throw new TakenException("Another focus is running with the folder " + folder + ".");
    }

    @Override
    public List<SavedConference> all() {
        List<SavedConference> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.endsWith("lock")).limit(LIMIT).toList()) {
                try {
                    all.add(ConferenceXml.read(Files.readString(file)));
                } catch (IOException e) {
                    log.warn("{} is dropped: {}", file.getFileName(), e.getMessage());
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.warn("the notes on conferences cannot be read: {}", e.toString());
        }
        return all;
    }

    @Override
    public void put(SavedConference conference) {
        Path file = file(conference.room());
        try {
            Path written = folder.resolve(file.getFileName() + ".new");
            Files.writeString(written, ConferenceXml.write(conference));
            replace(written, file);
            if (failing.compareAndSet(true, false)) {
                log.info("conferences are noted again");
            }
        } catch (IOException e) {
            failed(e);
            // An old note would be worse than none.
            remove(conference.room());
        }
    }

    @Override
    public void remove(EntityBareJid room) {
        try {
            Files.deleteIfExists(file(room));
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.debug("the lock stays until the process ends", e);
        }
    }

    private void failed(IOException e) {
        if (failing.compareAndSet(false, true)) {
            log.warn("conferences cannot be noted and would not outlive a crash of the focus: {}", e.toString());
        }
    }

    private static void replace(Path written, Path file) throws IOException {
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A room's name may hold anything; its hash is a file name. */
    private Path file(EntityBareJid room) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(room.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
