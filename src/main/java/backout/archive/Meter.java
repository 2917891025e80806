package backout.archive;

import backout.language.Phrase;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops an archive that unpacks to more than it may, also inside the tar's own headers. */
final class Meter extends FilterInputStream {
    private static final long HEADER = 1 << 20;

    /** What it unpacks to is no archive that was written here. */
    static final class TooMuch extends IOException {
        private final transient Phrase what;

        TooMuch(Phrase what) {
            super(what.toString());
            this.what = what;
        }

        Phrase what() {
            return what;
        }
    }

    private long left;
    private long headerLeft = Long.MAX_VALUE;

    Meter(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    void enterHeader() {
        headerLeft = HEADER;
    }

    void leaveHeader() {
        headerLeft = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        if (n > 0) {
            count(n);
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    private void count(long n) throws IOException {
        left -= n;
        headerLeft -= n;
        if (left < 0) {
            throw new TooMuch(Phrase.of("it unpacks to more than allowed"));
        }
        if (headerLeft < 0) {
            throw new TooMuch(Phrase.of("an entry's header is longer than 1 MiB"));
        }
    }
}
