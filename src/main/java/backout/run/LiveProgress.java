package backout.run;

import backout.language.Phrase;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far steps are that are at work in this process, as they say themselves: the latest word of
 * each run. It is no event and is never kept; it is gone when the step ends.
 */
public final class LiveProgress {
    /**
     * What a step said last.
     *
     * @param step its index in the plan
     */
    public record Word(int step, Phrase says) {}

    private final Map<RunId, Word> latest = new ConcurrentHashMap<>();

    /**
     * @param percent where somebody can tell, 0 to 100
     */
    public void say(RunId run, int step, Phrase says, OptionalInt percent) {
        Phrase all = percent.isPresent() ? Phrase.of("{0} %, {1}", percent.getAsInt(), says) : says;
        latest.put(run, new Word(step, all));
    }

    public void end(RunId run) {
        latest.remove(run);
    }

    /** The runs that say something. */
    public Set<RunId> saying() {
        return Set.copyOf(latest.keySet());
    }

    public Optional<Word> of(RunId run) {
        return Optional.ofNullable(latest.get(run));
    }
}
