package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * A compose or env file as it was read: where it is and its bytes. May hold secrets: never printed.
 */
public final class SourceFile {
    private final Path path;
    private final byte[] bytes;

    /** Of the bytes, once somebody asked for it. */
    private @Nullable String text;

    public SourceFile(Path path, byte[] bytes) {
        this.path = path.toAbsolutePath().normalize();
        this.bytes = bytes.clone();
    }

    public static SourceFile of(Path path, String text) {
        return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path path() {
        return path;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The characters, a byte order mark included, so that writing them again gives the same bytes.
     */
    String text() {
        String known = text;
        if (known == null) {
            known = decoded();
            text = known;
        }
        return known;
    }

    private String decoded() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw Problem.stop(
                    Phrase.of("the file is not UTF-8 text, so nothing in it was changed"),
                    path.toString(),
                    Phrase.of("save it as UTF-8 and ask again"));
        }
    }

    SourceFile splice(int start, int end, String replacement) {
        var text = text();
        return of(path, text.substring(0, start) + replacement + text.substring(end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceFile that
                && path.equals(that.path)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }
}
