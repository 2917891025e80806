package backout.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A log as the engine gives it, of whatever a container wrote. */
public final class HostileLog {
    private static final int PIECE = 16 << 10;
    private static final int HEADER = 8;

    private HostileLog() {}

    /** Reads what was written in pieces of 16 kB, as the engine keeps it. */
    public static List<String> lines(byte[] written, int most) throws IOException {
        var framed = ByteBuffer.allocate(written.length + HEADER * (written.length / PIECE + 1));
        for (int at = 0; at < written.length; at += PIECE) {
            int length = Math.min(PIECE, written.length - at);
            framed.putInt(1 << 24).putInt(length).put(written, at, length);
        }
        var body = new ByteArrayInputStream(framed.array(), 0, framed.position());
        return LogFrames.framed(body, most).stream().map(LogLine::text).toList();
    }
}
