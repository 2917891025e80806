package backout.executor.compose.traits;

import java.nio.file.Path;

/**
 * What is seen at one place of a container.
 *
 * @param type {@code bind}, {@code volume}, {@code tmpfs}
 * @param source a path of the host or a volume's name; empty for an anonymous volume
 */
public record Mounted(String type, String source, boolean isReadOnly) {
    private static final String ANONYMOUS = "[0-9a-f]{64}";

    /** Docker's desktop shows the host below a folder of its own. */
    private static final String DESKTOP = "/host_mnt";

    static Mounted of(String type, String source, boolean isReadOnly) {
        return switch (type) {
            case "bind" -> new Mounted(type, path(source), isReadOnly);
            case "tmpfs" -> new Mounted(type, "", false);
            default -> new Mounted(type, source.matches(ANONYMOUS) ? "" : source, isReadOnly);
        };
    }

    static String path(String text) {
        String path = text.startsWith(DESKTOP + "/") ? text.substring(DESKTOP.length()) : text;
        return path.isEmpty() ? "" : Path.of(path).normalize().toString();
    }

    String value() {
        return type + "\0" + source + "\0" + (isReadOnly ? "ro" : "rw");
    }

    /**
     * @param value of a trait that is a mount
     */
    public static Mounted parse(String value) {
        String[] parts = value.split("\0", -1);
        return new Mounted(parts[0], parts[1], parts[2].equals("ro"));
    }

    public boolean isSamePlace(Mounted other) {
        return type.equals(other.type) && source.equals(other.source);
    }
}
