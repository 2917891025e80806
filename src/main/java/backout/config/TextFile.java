package backout.config;

import backout.language.Phrase;
import backout.problem.Cause;

import org.snakeyaml.engine.v2.scanner.StreamReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Gets the text out of a file, or tells why there is none. */
final class TextFile {
    static final int MAX_BYTES = 1_000_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    static Optional<String> read(Path path, Problems problems) {
        Place place = Place.of(path.toString());
        if (Files.isDirectory(path)) {
            problems.add(
                    place,
                    Phrase.of("is a folder, not a file"),
                    Phrase.of("Put a YAML file in its place"));
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            problems.add(
                    place,
                    Phrase.of("there is no such file"),
                    Phrase.of("Copy it from the shipped folder"));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add(
                        place,
                        Phrase.of("has more than 1 MB"),
                        Phrase.of("Check that it is the right file"));
                return Optional.empty();
            }
            return decode(bytes, place, problems);
        } catch (AccessDeniedException e) {
            problems.add(
                    place,
                    Phrase.of("may not be read by user {0}", System.getProperty("user.name")),
                    Phrase.of("Give that user the right to read it"));
        } catch (IOException e) {
            problems.add(
                    place,
                    Phrase.of("cannot be read: {0}", Cause.of(e)),
                    Phrase.of("Check the disk and the file"));
        }
        return Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, Place place, Problems problems) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean malformed = decoder.decode(in, out, true).isError();
        String text = out.flip().toString();
        if (malformed) {
            problems.add(
                    place.at(lineAt(text, text.length())),
                    Phrase.of("is not UTF-8"),
                    Phrase.of("Save it as UTF-8"));
            return Optional.empty();
        }
        return printable(text, place, problems);
    }

    private static Optional<String> printable(String text, Place place, Problems problems) {
        String body =
                !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        for (int i = 0; i < body.length(); i += Character.charCount(body.codePointAt(i))) {
            if (!StreamReader.isPrintable(body.codePointAt(i))) {
                problems.add(
                        place.at(lineAt(body, i)),
                        Phrase.of(
                                "holds the control character U+{0}",
                                "%04X".formatted(body.codePointAt(i))),
                        Phrase.of("Delete it"));
                return Optional.empty();
            }
        }
        return Optional.of(body);
    }

    private static int lineAt(String text, int end) {
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
