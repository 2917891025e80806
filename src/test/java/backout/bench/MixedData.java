package backout.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/** Files as a service has them: logs, and JSON of many sizes. The same in every run. */
final class MixedData {
    private static final String[] WORDS = {
        "request", "account", "claude-opus", "tokens", "stream", "retry", "upstream", "cache",
        "session", "rate-limit", "key", "timeout", "proxy", "webhook", "healthy", "slow"
    };

    private final Random random = new Random(314);
    private final UUID[] ids = new UUID[2000];

    MixedData() {
        Arrays.setAll(ids, _ -> new UUID(random.nextLong(), random.nextLong()));
    }

    /** Logs of about so many bytes, in files of at most 64 MB. */
    void logs(Path folder, long bytes) throws IOException {
        Files.createDirectories(folder);
        long most = 64L << 20;
        for (int file = 0; bytes > file * most; file++) {
            write(folder.resolve("relay-" + file + ".log"), Math.min(most, bytes - file * most));
        }
    }

    private void write(Path file, long bytes) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (long done = 0; done < bytes; ) {
                done += line(out);
            }
        }
    }

    private int line(BufferedWriter out) throws IOException {
        String line =
                "[2026-11-%02d %02d:%02d:%02d.%03d] %s: %s %s %s in %d ms %s%n"
                        .formatted(
                                1 + random.nextInt(28),
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1000),
                                random.nextInt(20) == 0 ? "WARN" : "info",
                                word(),
                                word(),
                                word(),
                                random.nextInt(30_000),
                                id());
        out.write(line);
        return line.length();
    }

    /** JSON of about so many bytes, in many files of 1 kB to 256 kB. */
    void json(Path folder, long bytes) throws IOException {
        long done = 0;
        for (int file = 0; done < bytes; file++) {
            Path path = folder.resolve("%02x/%06d.json".formatted(file % 256, file));
            Files.createDirectories(path.getParent());
            done += records(path, 1024 << random.nextInt(9));
        }
    }

    private long records(Path file, int bytes) throws IOException {
        var text = new StringBuilder("[");
        while (text.length() < bytes) {
            text.append(text.length() > 1 ? ",\n" : "\n")
                    .append("{\"id\":\"")
                    .append(id())
                    .append("\",\"model\":\"")
                    .append(word())
                    .append("\",\"in\":")
                    .append(random.nextInt(200_000))
                    .append(",\"out\":")
                    .append(random.nextInt(8_000))
                    .append(",\"cost\":")
                    .append(random.nextInt(1_000_000) / 1e6)
                    .append("}");
        }
        Files.writeString(file, text.append("\n]\n"));
        return text.length();
    }

    private UUID id() {
        return ids[random.nextInt(ids.length)];
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
