package backout.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The process that a demo belongs to. Its {@link #name} is the name of the demo's folder and
 * compose project and the label of all that it makes, so that whoever comes later can tell whether
 * somebody still plays with it.
 *
 * @param space the PID namespace: of a process in another one nobody here can tell if it lives
 * @param started when the process began; a PID comes again
 */
record Owner(long space, long pid, Instant started) {
    static final String PREFIX = "backout-demo-";

    /**
     * The kernel's idea of when it booted, and with it of when a process began, wanders a little.
     */
    private static final Duration WANDERS = Duration.ofMinutes(1);

    private static final Pattern NAME =
            Pattern.compile(PREFIX + "([0-9a-z]{1,12})-([0-9]{1,12})-([0-9a-z]{1,12})");

    /** This process. */
    static Owner self() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(ownSpace(), self.pid(), startOf(self).orElse(Instant.EPOCH));
    }

    /** Empty when it is not the name of a demo. */
    static Optional<Owner> of(String name) {
        return Optional.of(NAME.matcher(name))
                .filter(java.util.regex.Matcher::matches)
                .map(parts ->
                        new Owner(
                                Long.parseLong(parts.group(1), 36),
                                Long.parseLong(parts.group(2)),
                                Instant.ofEpochSecond(Long.parseLong(parts.group(3), 36))));
    }

    /** Lower-case letters, digits and hyphens, as compose and image names want it. */
    String name() {
        return PREFIX
                + Long.toString(space, 36)
                + "-"
                + pid
                + "-"
                + Long.toString(started.getEpochSecond(), 36);
    }

    /** For what people read often: whose it is tells its label. */
    String shortName() {
        return "demo-" + pid + "-" + Long.toString(started.getEpochSecond(), 36);
    }

    /** Whether it is certain that the process is gone; whatever cannot be told lives. */
    boolean isDead() {
        if (space != ownSpace()) {
            return false;
        }
        var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty() || startOf(process.get()).filter(this::isAnother).isPresent();
    }

    private boolean isAnother(Instant begun) {
        return Duration.between(started, begun).abs().compareTo(WANDERS) > 0;
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }

    private static long ownSpace() {
        try {
            // "pid:[4026531836]"
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.parseLong(link.replaceAll("\\D", ""));
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }
}
