package backout.redis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64 by Jones, as at the end of an RDB: reflected, starts with 0. "123456789" gives
 * e9c6d914c4b8d9ca.
 */
final class Crc64 {
    private static final long REFLECTED = Long.reverse(0xad93d23594c935a9L);
    private static final long[][] TABLES = tables();
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long value;

    /** Eight bytes per step. */
    void add(byte[] bytes, int offset, int length) {
        long crc = value;
        int end = offset + length;
        int i = offset;
        for (; i + 8 <= end; i += 8) {
            crc = eight(crc ^ (long) LONG.get(bytes, i));
        }
        for (; i < end; i++) {
            crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        value = crc;
    }

    long value() {
        return value;
    }

    private static long eight(long word) {
        return TABLES[7][(int) word & 0xff]
                ^ TABLES[6][(int) (word >>> 8) & 0xff]
                ^ TABLES[5][(int) (word >>> 16) & 0xff]
                ^ TABLES[4][(int) (word >>> 24) & 0xff]
                ^ TABLES[3][(int) (word >>> 32) & 0xff]
                ^ TABLES[2][(int) (word >>> 40) & 0xff]
                ^ TABLES[1][(int) (word >>> 48) & 0xff]
                ^ TABLES[0][(int) (word >>> 56) & 0xff];
    }

    private static long[][] tables() {
        var tables = new long[8][256];
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * REFLECTED);
            }
            tables[0][b] = crc;
        }
        for (int t = 1; t < 8; t++) {
            for (int b = 0; b < 256; b++) {
                long before = tables[t - 1][b];
                tables[t][b] = tables[0][(int) before & 0xff] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
