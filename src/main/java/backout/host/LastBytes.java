package backout.host;

import java.util.Arrays;

/** Keeps the last part of what it is given. */
final class LastBytes {
    private final int maxBytes;
    private byte[] kept;
    private int length;
    private boolean isWhole = true;

    LastBytes(int maxBytes) {
        this.maxBytes = maxBytes;
        this.kept = new byte[Math.min(8192, 2 * maxBytes)];
    }

    synchronized void markCut() {
        isWhole = false;
    }

    synchronized void add(byte[] chunk, int from, int count) {
        if (length + count > kept.length && length > maxBytes) {
            System.arraycopy(kept, length - maxBytes, kept, 0, maxBytes);
            length = maxBytes;
            isWhole = false;
        }
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + count));
        }
        System.arraycopy(chunk, from, kept, length, count);
        length += count;
    }

    /** Of a stream that is at its end, or not. */
    synchronized Output output(boolean isOver) {
        int start = Math.max(0, length - maxBytes);
        return new Output(Arrays.copyOfRange(kept, start, length), isOver && isWhole && start == 0);
    }
}
