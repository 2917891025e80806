package backout.docker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the two streams of a container's log apart: each frame is one byte for the stream, three
 * zeros, four bytes of length, the text.
 */
final class LogFrames {
    /** Read, not kept. */
    private static final int MAX_BYTES = 64 << 20;

    /** Of one line: more than is looked at for secrets, whatever characters it has. */
    private static final int MAX_LINE = 32 << 10;

    private static final int PIECE = 16 << 10;

    private final int maxLines;
    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private final Map<LogLine.Stream, Line> open = new EnumMap<>(LogLine.Stream.class);
    private int read;

    /** A line that has not ended; what is beyond its limit is gone. */
    private static final class Line {
        private final ByteArrayOutputStream start = new ByteArrayOutputStream();
        private boolean isCut;

        void write(byte next) {
            if (start.size() < MAX_LINE) {
                start.write(next);
            } else {
                isCut = true;
            }
        }

        String take() {
            var text = start.toString(StandardCharsets.UTF_8);
            var whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            var taken = isCut ? text + "…" : whole;
            start.reset();
            isCut = false;
            return taken;
        }

        boolean isEmpty() {
            return start.size() == 0;
        }
    }

    private LogFrames(int maxLines) {
        this.maxLines = maxLines;
    }

    /** Both streams in the order in which their lines ended; at most the last {@code maxLines}. */
    static List<LogLine> framed(InputStream body, int maxLines) throws IOException {
        var frames = new LogFrames(maxLines);
        frames.readAll(new DataInputStream(body));
        return frames.finished();
    }

    /** The log of a container with a terminal, which has no frames. */
    static List<LogLine> plain(InputStream body, int maxLines) throws IOException {
        var frames = new LogFrames(maxLines);
        while (frames.read < MAX_BYTES) {
            var text = body.readNBytes(PIECE);
            if (text.length == 0) {
                break;
            }
            frames.add(LogLine.Stream.STDOUT, text);
        }
        return frames.finished();
    }

    private void readAll(DataInputStream in) throws IOException {
        while (read < MAX_BYTES) {
            var kind = in.read();
            if (kind < 0) {
                return;
            }
            in.skipNBytes(3);
            var length = in.readInt();
            if (length < 0) {
                throw new IOException("a log frame of " + length + " bytes");
            }
            readFrame(in, kind == 2 ? LogLine.Stream.STDERR : LogLine.Stream.STDOUT, length);
        }
    }

    private void readFrame(DataInputStream in, LogLine.Stream stream, int length)
            throws IOException {
        for (int left = length; left > 0 && read < MAX_BYTES; ) {
            var text = in.readNBytes(Math.min(left, PIECE));
            if (text.length == 0) {
                throw new EOFException("the log broke off within a frame");
            }
            add(stream, text);
            left -= text.length;
        }
    }

    private void add(LogLine.Stream stream, byte[] text) {
        read += text.length;
        var line = open.computeIfAbsent(stream, _ -> new Line());
        for (var each : text) {
            if (each == '\n') {
                end(stream, line);
            } else {
                line.write(each);
            }
        }
    }

    private void end(LogLine.Stream stream, Line line) {
        lines.add(new LogLine(stream, line.take()));
        if (lines.size() > maxLines) {
            lines.removeFirst();
        }
    }

    private List<LogLine> finished() {
        open.forEach((stream, rest) -> {
            if (!rest.isEmpty()) {
                end(stream, rest);
            }
        });
        return List.copyOf(lines);
    }
}
