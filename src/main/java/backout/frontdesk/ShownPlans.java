package backout.frontdesk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for the plans that were shown last, so that a button can ask for it. Gone with the
 * process: whoever presses later is told to say it again.
 */
final class ShownPlans {
    private static final int MOST = 200;

    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private int count;

    private record Shown(String hash, String words) {}

    /** Keeps the words for a plan; under this name a button names them. */
    synchronized String keep(String hash, String words) {
        count++;
        String name = "P" + count;
        shown.put(name, new Shown(hash, words));
        if (shown.size() > MOST) {
            shown.remove(shown.keySet().iterator().next());
        }
        return name;
    }

    /** Empty where this process does not know them, or they were of another plan. */
    synchronized Optional<String> words(String name, String hash) {
        return Optional.ofNullable(shown.get(name))
                .filter(one -> one.hash().equals(hash))
                .map(Shown::words);
    }
}
