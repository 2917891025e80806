package backout.archive;

import backout.language.Phrase;

import java.nio.file.Path;
import java.util.List;

/**
 * A backup unpacked in its staging folder.
 *
 * @param manifest its {@code time} begins the loss window: what was written since then is not in it
 * @param warnings what could not be restored as it was: owners, when the bot is not root
 */
public record Restored(Path folder, Manifest manifest, List<Phrase> warnings) {
    public Restored {
        warnings = List.copyOf(warnings);
    }
}
