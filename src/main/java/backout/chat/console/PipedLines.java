package backout.chat.console;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines from a file or another program: no prompt, no completion. */
public final class PipedLines implements Lines {
    private final BufferedReader in;
    private final PrintStream out;
    private final int width;

    public PipedLines(InputStream in, PrintStream out, int width) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.width = width;
    }

    @Override
    public Optional<String> next(String prompt) {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the input can no longer be read: {0}", Cause.of(e)), Phrase.NONE);
        }
    }

    @Override
    public synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public int width() {
        return width;
    }
}
