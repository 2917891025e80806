package backout.executor.compose.file;

import java.util.List;
import java.util.Objects;

/**
 * One assignment of an env file.
 *
 * @param start where the value's characters start in the file's text, behind the quote if there is
 *     one
 * @param end where they end, before the quote
 * @param exact whether those characters are the value's template, with no escapes in it
 */
record EnvLine(
        SourceFile file,
        String name,
        int line,
        int start,
        int end,
        boolean exact,
        List<Piece> pieces) {
    EnvLine {
        pieces = List.copyOf(pieces);
    }

    String where() {
        return file.path() + ":" + line;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvLine that
                && file.path().equals(that.file.path())
                && start == that.start;
    }

    @Override
    public int hashCode() {
        return Objects.hash(file.path(), start);
    }

    @Override
    public String toString() {
        return where() + " " + name;
    }
}
