package backout.archive;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Names inside an archive: always UTF-8, whatever the locale. In the C locale (a service without
 * LANG) a Path cannot say or be made from a non-ASCII name, but its URI holds the exact bytes.
 */
final class EntryName {
    private EntryName() {}

    /** Relative, and every part of it is a real name. */
    static boolean isPlain(String name) {
        return name.indexOf('\0') < 0
                && !name.matches("[A-Za-z]:.*")
                && parts(name).stream()
                        .noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
    }

    static List<String> parts(String name) {
        return Arrays.asList(name.split("/", -1));
    }

    /**
     * The last part of a path.
     *
     * @throws CharacterCodingException when its bytes are not UTF-8
     */
    static String last(Path path) throws CharacterCodingException {
        String text = String.valueOf(path.getFileName());
        return isAscii(text) ? text : last(bytes(path));
    }

    /** What a symlink says, as it says it: relative stays relative. */
    static String target(Path target) throws CharacterCodingException {
        String text = target.toString();
        if (isAscii(text)) {
            return text;
        }
        String whole = bytes(target);
        String here = bytes(Path.of("").toAbsolutePath()) + "/";
        return target.isAbsolute() ? whole : whole.substring(here.length());
    }

    static Path under(Path root, String name) {
        return isAscii(name)
                ? root.resolve(name)
                : Path.of(URI.create(uri(root) + "/" + escaped(name)));
    }

    static Path targetPath(String target) {
        if (isAscii(target)) {
            return Path.of(target);
        }
        Path whole = under(Path.of("/"), target.startsWith("/") ? target.substring(1) : target);
        return target.startsWith("/") ? whole : whole.subpath(0, whole.getNameCount());
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80 && c != '?');
    }

    private static String last(String whole) {
        return whole.substring(whole.lastIndexOf('/') + 1);
    }

    private static String uri(Path path) {
        String uri = path.toUri().toString();
        return uri.replaceFirst("/$", "");
    }

    /** A path as the kernel knows it. */
    static byte[] raw(Path path) {
        String text = path.toString();
        return isAscii(text) ? text.getBytes(StandardCharsets.US_ASCII) : unescaped(path);
    }

    private static String bytes(Path path) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(unescaped(path)))
                .toString();
    }

    private static byte[] unescaped(Path path) {
        String raw = URI.create(uri(path)).getRawPath();
        var out = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                out.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                out.write(raw.charAt(i));
            }
        }
        return out.toByteArray();
    }

    private static String escaped(String name) {
        var out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '/' || b == '.' || b == '-' || b == '_' || isLetterOrDigit(b);
            out.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return out.toString();
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }
}
