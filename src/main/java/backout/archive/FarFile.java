package backout.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One file that somebody hands over as a tar. */
final class FarFile extends Far {
    private final Tar tar;

    FarFile(Tar tar) {
        this.tar = tar;
    }

    /** By the beginning of the tar. */
    @Override
    List<Thing> look(Duration within) {
        var found = new ArrayList<Thing>();
        try {
            FarStream.read(
                    out -> tar.into(out, within),
                    (entry, _) -> {
                        Stat stat = Stat.of(entry);
                        found.add(new Thing("", stat, stat.size(), true, ""));
                        return false;
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    String read(List<Thing> things, Duration within, Taker to) throws IOException {
        FarStream.read(
                out -> tar.into(out, within),
                (entry, content) -> {
                    to.take(
                            things.getFirst(),
                            Stat.of(entry),
                            String.valueOf(entry.getLinkName()),
                            content);
                    return true;
                });
        return "";
    }
}
