package backout.redis;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copied dump that was read to its end.
 *
 * @param version of the RDB format: a server older than it cannot load the file
 * @param checksummed its CRC-64 was there and right; false when the server writes none ({@code
 *     rdbchecksum no})
 */
public record RdbFile(int version, long size, boolean checksummed) {
    static final int HEADER = 9;

    /**
     * The RDB version.
     *
     * @param start at least the first nine bytes
     */
    public static int header(byte[] start, String where) {
        String text =
                new String(start, 0, Math.min(HEADER, start.length), StandardCharsets.ISO_8859_1);
        if (!text.matches("REDIS\\d{4}")) {
            throw damaged(Phrase.of("it does not begin like an RDB file"), where);
        }
        return Integer.parseInt(text.substring(5));
    }

    /**
     * @throws ProblemException when the file is cut, changed, or no RDB
     */
    public static RdbFile check(Path file) {
        try (var in = Files.newInputStream(file)) {
            long size = Files.size(file);
            var checked = new RdbStream(in, size, file.toString());
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.file();
        } catch (IOException e) {
            throw damaged(Phrase.of("it cannot be read: {0}", Cause.of(e)), file.toString());
        }
    }

    /**
     * The same bytes; whoever reads so many of them has a whole dump, or a problem.
     *
     * @param size how many there are
     */
    public static InputStream checking(InputStream in, long size, String where) {
        return new RdbStream(in, size, where);
    }

    static ProblemException damaged(Phrase why, String where) {
        return Problem.stop(
                Phrase.of("the Redis dump cannot be used: {0}", why),
                where,
                Phrase.of("Take another snapshot"));
    }
}
