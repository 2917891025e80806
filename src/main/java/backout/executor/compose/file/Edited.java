package backout.executor.compose.file;

import backout.language.Phrase;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file with one image changed, verified and not yet written.
 *
 * @param line where the change is, from 1
 * @param diff two lines, {@code - before} and {@code + after}, of the changed value and its key
 *     only: what else stands on that line could be a secret
 * @param images every service whose image changes
 * @param notes what a person should know: that a variable gave way to a text, that an env line is
 *     used elsewhere too
 */
public record Edited(
        SourceFile before,
        SourceFile after,
        int line,
        String diff,
        Map<String, Change> images,
        List<Phrase> notes) {
    /** The image of one service, before and after. */
    public record Change(String from, String to) {}

    public Edited {
        images = Collections.unmodifiableMap(new TreeMap<>(images));
        notes = List.copyOf(notes);
    }

    /** The line that changes: {@code /srv/shop/compose.yml:4}. */
    public String where() {
        return before.path() + ":" + line;
    }
}
