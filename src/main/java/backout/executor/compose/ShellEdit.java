package backout.executor.compose;

import backout.host.Command;
import backout.problem.Sha256;
import backout.run.Script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One place of a file that holds something else afterwards, as a shell changes it: that place
 * alone, and only in the file that it was made for.
 */
final class ShellEdit {
    /** Writes what it reads in the place of {@code $5} bytes behind the first {@code $4}. */
    private static final List<String> FUNCTION =
            """
            edit() {
              now=$(sha256sum < "$1" | cut -c 1-64)
              if [ "$now" = "$3" ]; then cat > /dev/null; return 0; fi
              [ "$now" = "$2" ] || stop "$1"
              (umask 077; { head -c "$4" "$1"; cat; tail -c "+$(($4 + $5 + 1))" "$1"; } > "$1.edited")
              [ "$(sha256sum < "$1.edited" | cut -c 1-64)" = "$3" ] || stop "$1.edited"
              cat "$1.edited" > "$1"
              rm "$1.edited"
            }
            """
                    .lines()
                    .toList();

    private final Path file;
    private final byte[] before;
    private final byte[] after;

    ShellEdit(Path file, byte[] before, byte[] after) {
        this.file = file;
        this.before = before.clone();
        this.after = after.clone();
    }

    Script script() {
        int first = Arrays.mismatch(before, after);
        int start = first < 0 ? before.length : first;
        int same = 0;
        while (same < Math.min(before.length, after.length) - start
                && before[before.length - 1 - same] == after[after.length - 1 - same]) {
            same++;
        }
        while (start > 0 && isOfImage(before[start - 1])) {
            start--;
        }
        while (same > 0 && isOfImage(before[before.length - same])) {
            same--;
        }
        return new Script(
                FUNCTION,
                List.of(line(before, after, start, same)),
                List.of(line(after, before, start, same)));
    }

    /** Whole words are read more easily. */
    private static boolean isOfImage(byte letter) {
        return Character.isLetterOrDigit(letter) || "._:/@-".indexOf(letter) >= 0;
    }

    private String line(byte[] from, byte[] to, int start, int same) {
        String text =
                new String(Arrays.copyOfRange(to, start, to.length - same), StandardCharsets.UTF_8);
        return "printf %s "
                + Command.typed(List.of(text))
                + " | edit "
                + Command.typed(
                        List.of(
                                file.toString(),
                                Sha256.of(from),
                                Sha256.of(to),
                                Integer.toString(start),
                                Integer.toString(from.length - same - start)));
    }
}
