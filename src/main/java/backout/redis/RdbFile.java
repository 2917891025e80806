package backout.redis;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int HEADER = 9;
    private static final int TRAILER = 8;
    private static final int END = 0xff;

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
            return check(in, Files.size(file), file.toString());
        } catch (IOException e) {
            throw damaged(Phrase.of("it cannot be read: {0}", Cause.of(e)), file.toString());
        }
    }

    private static RdbFile check(InputStream in, long size, String where) throws IOException {
        byte[] start = in.readNBytes(HEADER);
        int version = header(start, where);
        if (version < 5) {
            throw damaged(
                    Phrase.of("its format {0} has no checksum yet, nothing can prove it", version),
                    where);
        }
        var crc = new Crc64();
        crc.add(start, 0, HEADER);
        int last = body(in, size - HEADER - TRAILER, crc, where);
        byte[] trailer = in.readNBytes(TRAILER);
        if (trailer.length < TRAILER || in.read() >= 0) {
            throw damaged(Phrase.of("its size changed while it was read"), where);
        }
        long stored = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (last != END || (stored != 0 && stored != crc.value())) {
            throw damaged(
                    Phrase.of("its end or its checksum is wrong, it is cut or changed"), where);
        }
        return new RdbFile(version, size, stored != 0);
    }

    /** The last byte before the trailer. */
    private static int body(InputStream in, long length, Crc64 crc, String where)
            throws IOException {
        var buffer = new byte[1 << 20];
        int last = -1;
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw damaged(Phrase.of("its size changed while it was read"), where);
            }
            crc.add(buffer, 0, n);
            last = buffer[n - 1] & 0xff;
            left -= n;
        }
        return last;
    }

    private static ProblemException damaged(Phrase why, String where) {
        return Problem.stop(
                Phrase.of("the Redis dump cannot be used: {0}", why),
                where,
                Phrase.of("Take another snapshot"));
    }
}
