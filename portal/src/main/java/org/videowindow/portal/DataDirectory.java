package org.videowindow.portal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Makes the directory of the default database before the database opens, readable for its owner only: it holds
 * passwords' hashes and the keys that sign tickets.
 */
final class DataDirectory implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        String directory = environment.getProperty("portal.data-directory", "");
        if (directory.isBlank()
                || !environment.getProperty("spring.datasource.url", "").startsWith("jdbc:h2:file:")) {
            return;
        }
        Path path = Path.of(directory);
        if (Files.isDirectory(path)) {
            return;
        }
        try {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] ownerOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            Files.createDirectories(path, ownerOnly);
        } catch (IOException e) {
            throw new IllegalArgumentException("portal.data-directory " + path + " cannot be made");
        }
    }
}
