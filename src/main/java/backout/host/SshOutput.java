package backout.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * One stream of a command on another machine. What stands before the mark was said by the shell
 * there, which may greet: it is no part of the output.
 */
final class SshOutput extends OutputStream {
    private static final int MOST_GREETING = 64 * 1024;

    private final byte[] mark;
    private final LastBytes last;
    private final @Nullable OutputStream into;
    private final Runnable changed;
    private final ByteArrayOutputStream greeting = new ByteArrayOutputStream();
    private boolean isBegun;
    private boolean isOver;
    private @Nullable IOException refused;

    /**
     * @param changed is told when it is over, or nobody takes it any more
     */
    SshOutput(String mark, int maxBytes, @Nullable OutputStream into, Runnable changed) {
        this.mark = mark.getBytes(US_ASCII);
        this.last = new LastBytes(maxBytes);
        this.into = into;
        this.changed = changed;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        if (isBegun) {
            take(bytes, from, count);
            return;
        }
        greeting.write(bytes, from, count);
        byte[] so = greeting.toByteArray();
        int at = indexOf(so, mark);
        if (at >= 0) {
            isBegun = true;
            int end = at + mark.length;
            take(so, end, so.length - end);
        } else if (so.length > MOST_GREETING) {
            greeting.reset();
            greeting.write(so, so.length - mark.length, mark.length);
        }
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int at = 0; at <= in.length - what.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private void take(byte[] bytes, int from, int count) throws IOException {
        if (into == null) {
            last.add(bytes, from, count);
            return;
        }
        try {
            into.write(bytes, from, count);
        } catch (IOException e) {
            refused = e;
            changed.run();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        isOver = true;
        changed.run();
    }

    synchronized boolean isOver() {
        return isOver;
    }

    /** Whether the shell there came to the command. */
    synchronized boolean isBegun() {
        return isBegun;
    }

    synchronized @Nullable IOException refused() {
        return refused;
    }

    /** What the shell said instead of beginning. */
    synchronized String greeting() {
        return greeting.toString(UTF_8).strip();
    }

    synchronized Output output(boolean isWhole) {
        return last.output(isOver && isWhole);
    }
}
