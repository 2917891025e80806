package backout.executor.compose;

import backout.language.Phrase;
import backout.plan.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How one container is replaced.
 *
 * @param byEngine by the engine, this container alone; else by compose
 * @param isExact whether its container is what the files say now. If not, compose brings what they
 *     say otherwise into force, and the engine leaves it out
 * @param with services that compose makes anew or starts again with it
 * @param starts dependencies that compose starts before
 * @param says what people must know of it
 */
record Way(
        boolean byEngine,
        boolean isExact,
        List<String> with,
        List<String> starts,
        List<Phrase> says) {
    Way {
        with = List.copyOf(with);
        starts = List.copyOf(starts);
        says = List.copyOf(says);
    }

    /** Whether a plan's step goes this way; steps of before name no other services. */
    boolean isOf(Step step) {
        return byEngine == step.action().equals("compose.swap")
                && String.join("\n", with).equals(step.with().getOrDefault("with", ""))
                && String.join("\n", starts).equals(step.with().getOrDefault("starts", ""))
                && Boolean.toString(isExact).equals(step.with().getOrDefault("exact", "true"));
    }

    /** Other services that are not left as they are. */
    Set<String> touches() {
        var touched = new ArrayList<>(with);
        touched.addAll(starts);
        return Set.copyOf(touched);
    }
}
