package backout.store.sql;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Proof of life: a file that is locked as long as this process lives. The kernel gives the lock
 * free however the process ends, so whoever can lock another's file knows that its holder is dead.
 *
 * <p>Nobody looks at a file that is not locked yet: {@link #begin} is called inside a write
 * transaction, so no lease names its holder before, and no other begins and sweeps meanwhile.
 * Processes that look at the same file at once do not take each other for its holder: a look shares
 * its lock with other looks.
 */
final class Holder implements AutoCloseable {
    /**
     * Begins the id of every holder of this process. Such a file must never be opened a second
     * time: closing it would give free the lock that the process has on it (fcntl(2)).
     */
    private static final String PROCESS = random();

    private static final Logger log = LoggerFactory.getLogger(Holder.class);

    private final String id;
    private final Path file;
    private final FileChannel channel;

    private Holder(String id, Path file, FileChannel channel) {
        this.id = id;
        this.file = file;
        this.channel = channel;
    }

    static Holder begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        sweep(folder);
        String id = PROCESS + "-" + random();
        Path file = folder.resolve(id);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            forOwnerOnly(folder, file);
            if (channel.tryLock() == null) {
                throw new IOException(file + " is new and already locked");
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new Holder(id, file, channel);
    }

    private static void forOwnerOnly(Path folder, Path file) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static String random() {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Removes what dead processes left. */
    private static void sweep(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                isDead(folder, file.getFileName().toString());
            }
        }
    }

    /**
     * Whether that holder's process has ended; its file is then removed. One that this user may not
     * open is not known to be dead. May be called outside a transaction. One at a time in this
     * process, for a process must not lock a file twice.
     */
    static synchronized boolean isDead(Path folder, String id) throws IOException {
        Path file = folder.resolve(id);
        if (id.startsWith(PROCESS) || !Files.isRegularFile(file)) {
            return !Files.exists(file);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            boolean dead = channel.tryLock(0, Long.MAX_VALUE, true) != null;
            if (dead) {
                Files.deleteIfExists(file);
            }
            return dead;
        } catch (NoSuchFileException _) {
            return true;
        } catch (FileSystemException notOurs) {
            log.debug("not known to be dead: {}", notOurs.toString());
            return false;
        }
    }

    String id() {
        return id;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
