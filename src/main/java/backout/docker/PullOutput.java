package backout.docker;

import backout.language.Phrase;
import backout.run.Work;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code docker pull} writes where nobody looks at it, a line for each thing that
 * happens to a layer, and says how far it is. What it does not understand it leaves out.
 */
final class PullOutput extends OutputStream {
    private static final Pattern LAYER = Pattern.compile("([0-9a-f]{12}): (\\w+(?: \\w+)*)");
    private static final int LONGEST = 1000;

    private final Work work;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<String> layers = new HashSet<>();
    private final Set<String> fetched = new HashSet<>();
    private final Set<String> there = new HashSet<>();

    PullOutput(Work work) {
        this.work = work;
    }

    @Override
    public void write(int one) {
        if (one == '\n') {
            read(line.toString(StandardCharsets.UTF_8).strip());
            line.reset();
        } else if (line.size() < LONGEST) {
            line.write(one);
        }
    }

    private void read(String said) {
        Matcher layer = LAYER.matcher(said);
        if (!layer.matches()) {
            return;
        }
        String id = layer.group(1);
        boolean isNews =
                switch (layer.group(2)) {
                    case "Already exists", "Pull complete" -> {
                        fetched.add(id);
                        yield there.add(id);
                    }
                    case "Download complete" -> fetched.add(id);
                    default -> false;
                };
        if (layers.add(id) || isNews) {
            int percent = 50 * (fetched.size() + there.size()) / layers.size();
            work.progress(
                    Phrase.of("{0} of {1} layers", there.size(), layers.size()),
                    OptionalInt.of(percent));
        }
    }
}
