package backout.chat.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lines that somebody types, heard without waiting for them. */
public final class Keyboard {
    private final InputStream in;
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean listening = new AtomicBoolean();

    public Keyboard(InputStream in) {
        this.in = in;
    }

    /** The oldest line that was not heard yet. Begins to listen at the first call. */
    Optional<String> heard() {
        if (listening.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("keyboard").start(this::listen);
        }
        return Optional.ofNullable(lines.poll());
    }

    /** Ends with the input; a broken one is an ended one. */
    private void listen() {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            lines.clear();
        }
    }
}
