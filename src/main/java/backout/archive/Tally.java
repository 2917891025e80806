package backout.archive;

import backout.problem.Sha256;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and hashes what goes into a file. */
final class Tally extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    Tally(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        digest.update(from, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Ends the count: to be asked once, after the last write. */
    String sha256() {
        return Sha256.hex(digest);
    }
}
