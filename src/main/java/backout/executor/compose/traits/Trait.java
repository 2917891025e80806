package backout.executor.compose.traits;

import backout.language.Phrase;

import java.util.Comparator;
import java.util.Set;

/**
 * One key of a container, called as compose calls it.
 *
 * @param kind {@code command}, {@code environment}
 * @param name which of its kind: {@code LOG_LEVEL}; empty where there is but one
 */
public record Trait(String kind, String name) implements Comparable<Trait> {
    private static final Comparator<Trait> ORDER =
            Comparator.comparing(Trait::kind).thenComparing(Trait::name);

    private static final Set<String> LIVE =
            Set.of(
                    "network",
                    "restart",
                    "mem_limit",
                    "mem_reservation",
                    "cpus",
                    "cpu_shares",
                    "cpuset",
                    "pids_limit");

    static final String ENVIRONMENT = "environment";
    static final String MOUNT = "mount";
    static final String PORT = "port";
    static final String LABEL = "label";
    static final String NETWORK = "network";

    public boolean isMount() {
        return kind.equals(MOUNT);
    }

    public boolean isEnvironment() {
        return kind.equals(ENVIRONMENT);
    }

    /** Whether it can be changed at the running container itself, without compose. */
    public boolean isLive() {
        return LIVE.contains(kind);
    }

    /** Its name, never its value. */
    public Phrase says() {
        return switch (kind) {
            case ENVIRONMENT -> Phrase.of("environment {0}", name);
            case MOUNT -> Phrase.of("mount {0}", name);
            case PORT -> Phrase.of("port {0}", name);
            case LABEL -> Phrase.of("label {0}", name);
            case NETWORK -> Phrase.of("network {0}", name);
            default -> Phrase.verbatim(kind);
        };
    }

    @Override
    public int compareTo(Trait other) {
        return ORDER.compare(this, other);
    }
}
