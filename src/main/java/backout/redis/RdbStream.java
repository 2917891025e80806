package backout.redis;

import backout.language.Phrase;
import backout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A dump that is checked while it is read. */
final class RdbStream extends FilterInputStream {
    private static final int TRAILER = 8;
    private static final int END = 0xff;

    private final long size;
    private final String where;
    private final ByteBuffer start = ByteBuffer.allocate(RdbFile.HEADER);
    private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    private final Crc64 crc = new Crc64();
    private long at;
    private int last = -1;
    private @Nullable RdbFile file;

    RdbStream(InputStream in, long size, String where) {
        super(in);
        this.size = size;
        this.where = where;
    }

    /**
     * What it is, once it was read to its end.
     *
     * @throws ProblemException where it ended too early
     */
    RdbFile file() {
        if (file == null) {
            throw otherSize();
        }
        return file;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count < 0 ? at < size : at + count > size) {
            throw otherSize();
        }
        if (count > 0) {
            add(into, offset, count);
        }
        return count;
    }

    private ProblemException otherSize() {
        return RdbFile.damaged(Phrase.of("its size changed while it was read"), where);
    }

    private void add(byte[] bytes, int offset, int count) {
        int heading = (int) Math.min(count, Math.max(0, RdbFile.HEADER - at));
        start.put(bytes, offset, heading);
        int summed = Math.clamp(size - TRAILER - at, 0, count);
        crc.add(bytes, offset, summed);
        if (summed > 0) {
            last = bytes[offset + summed - 1] & 0xff;
        }
        trailer.put(bytes, offset + summed, count - summed);
        at += count;
        if (at == size) {
            file = checked();
        }
    }

    private RdbFile checked() {
        int version = RdbFile.header(start.array(), where);
        if (version < 5) {
            throw RdbFile.damaged(
                    Phrase.of("its format {0} has no checksum yet, nothing can prove it", version),
                    where);
        }
        long stored = trailer.getLong(0);
        if (last != END || (stored != 0 && stored != crc.value())) {
            throw RdbFile.damaged(
                    Phrase.of("its end or its checksum is wrong, it is cut or changed"), where);
        }
        return new RdbFile(version, size, stored != 0);
    }
}
