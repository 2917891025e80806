package backout.chat.console;

import java.util.Optional;

/** Lines that are typed one after the other, with others printed above the one being typed. */
public interface Lines {
    /** Waits for the next line; empty at the end of the input. */
    Optional<String> next(String prompt);

    /** Prints above the prompt. */
    void print(String line);

    /** Columns of the terminal. */
    int width();
}
