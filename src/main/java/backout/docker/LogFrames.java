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
    private static final int MAX_BYTES = 4 << 20;

    private final int maxLines;
    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private final Map<LogLine.Stream, ByteArrayOutputStream> open =
            new EnumMap<>(LogLine.Stream.class);
    private int read;

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
        frames.add(LogLine.Stream.STDOUT, body.readNBytes(MAX_BYTES));
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
            var text = in.readNBytes(Math.min(length, MAX_BYTES));
            if (text.length < length && text.length < MAX_BYTES) {
                throw new EOFException("the log broke off within a frame");
            }
            add(kind == 2 ? LogLine.Stream.STDERR : LogLine.Stream.STDOUT, text);
        }
    }

    private void add(LogLine.Stream stream, byte[] text) {
        read += text.length;
        var line = open.computeIfAbsent(stream, _ -> new ByteArrayOutputStream());
        for (var each : text) {
            if (each == '\n') {
                end(stream, line);
            } else {
                line.write(each);
            }
        }
    }

    private void end(LogLine.Stream stream, ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.UTF_8);
        lines.add(
                new LogLine(
                        stream, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
        line.reset();
        if (lines.size() > maxLines) {
            lines.removeFirst();
        }
    }

    private List<LogLine> finished() {
        open.forEach((stream, rest) -> {
            if (rest.size() > 0) {
                end(stream, rest);
            }
        });
        return List.copyOf(lines);
    }
}
