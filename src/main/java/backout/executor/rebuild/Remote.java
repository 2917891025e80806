package backout.executor.rebuild;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code sh} does on the machine, in words that dash and busybox know. */
enum Remote {
    APPEND,
    COMPOSE,
    DOCKER,
    FACTS,
    FORGET,
    HASHES,
    IMAGE,
    LOAD,
    POLL,
    PUT,
    SIZE,
    START,
    STATE,
    TAKE_BACK;

    private final String text = load();

    /** The argument list that runs it. */
    List<String> argv(List<String> arguments) {
        var argv = new ArrayList<>(List.of("sh", "-c", text, "sh"));
        argv.addAll(arguments);
        return argv;
    }

    private String load() {
        String file = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sh";
        try (InputStream in = Remote.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
