package backout.chat.console;

import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lines from a person at a terminal: with a history, completion and lines above the prompt. */
public final class TypedLines implements Lines, AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;

    private TypedLines(Terminal terminal, Function<List<String>, List<String>> completions) {
        this.terminal = terminal;
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .completer((_, line, candidates) ->
                                completions
                                        .apply(line.words().subList(0, line.wordIndex()))
                                        .forEach(word -> candidates.add(new Candidate(word))))
                        .build();
    }

    /**
     * The terminal of this process.
     *
     * @param completions words that may follow the words before the cursor
     */
    public static TypedLines open(Function<List<String>, List<String>> completions) {
        try {
            return new TypedLines(
                    TerminalBuilder.builder().system(true).dumb(true).build(), completions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ctrl-C throws away the line, Ctrl-D on an empty one ends. */
    @Override
    public Optional<String> next(String prompt) {
        while (true) {
            try {
                return Optional.of(reader.readLine(prompt));
            } catch (UserInterruptException thrownAway) {
                terminal.writer().println("Ctrl-C throws the line away; Ctrl-D ends.");
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void print(String line) {
        reader.printAbove(line);
    }

    @Override
    public int width() {
        return terminal.getColumns() > 0 ? terminal.getColumns() : 80;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
