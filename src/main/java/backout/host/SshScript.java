package backout.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code sh} does on another machine, in words that dash and busybox know. */
enum SshScript {
    AT_WORK,
    LIST,
    READ,
    REAL,
    SOCKET,
    SPACE,
    WRITABLE,
    WRITE;

    private final String text = load();

    Command command(Duration timeout, String... arguments) {
        var argv = new ArrayList<>(List.of("sh", "-c", text, "sh"));
        argv.addAll(List.of(arguments));
        return Command.of(timeout, argv);
    }

    private String load() {
        String file = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sh";
        try (InputStream in = SshScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
