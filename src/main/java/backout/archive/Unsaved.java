package backout.archive;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Findings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parts of a backup that are left out. The files that a target is described by never are. */
public record Unsaved(List<String> parts) {
    public static final String DATA = "data";
    public static final String REDIS = "redis";

    /** The word of a command that leaves both out. */
    private static final String WORD = "without-data-backup";

    private static final String KEY = "unsaved";

    public Unsaved {
        parts = List.copyOf(parts);
    }

    public static boolean isWished(Invocation wanted) {
        return wanted.has(WORD);
    }

    /** Those that looks found to be impossible, or not wished for. */
    public static Unsaved of(Findings findings) {
        return new Unsaved(List.copyOf(findings.omitted().keySet()));
    }

    /** As a step carries it. */
    public static Unsaved of(Step step) {
        return new Unsaved(step.with().getOrDefault(KEY, "").lines().toList());
    }

    public static Findings data(Phrase why) {
        return Findings.omitting(DATA, Phrase.of("the data is not backed up: {0}", why));
    }

    public static Findings redis(Phrase why) {
        return Findings.omitting(REDIS, Phrase.of("Redis is not backed up: {0}", why));
    }

    public boolean has(String part) {
        return parts.contains(part);
    }

    /** The same without that part as well. */
    Unsaved and(String part) {
        return new Unsaved(Stream.concat(parts.stream(), Stream.of(part)).distinct().toList());
    }

    public Map<String, String> with() {
        return parts.isEmpty() ? Map.of() : Map.of(KEY, String.join("\n", parts));
    }
}
