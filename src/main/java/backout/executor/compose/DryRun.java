package backout.executor.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What compose itself says that {@code up} would do with each container, by the container's name.
 * What it says nothing of has no fate: it may have stopped half way.
 */
record DryRun(Map<String, Fate> fates) {
    /** From the mildest to the worst. */
    enum Fate {
        LEFT,
        MADE,
        ANEW
    }

    static final DryRun NOTHING = new DryRun(Map.of());

    /** {@code Container p-web-1 Recreate}; the versions differ in what stands around it. */
    private static final Pattern LINE = Pattern.compile("\\bContainer (\\S+)\\s+([A-Z][a-z]+)\\b");

    /** While it is made anew a container is called by its id too. */
    private static final Pattern ASIDE = Pattern.compile("^[0-9a-f]{12}_");

    DryRun {
        fates = Map.copyOf(fates);
    }

    static DryRun parse(String said) {
        var fates = new HashMap<String, Fate>();
        LINE.matcher(said)
                .results()
                .forEach(line ->
                        fate(line.group(2))
                                .ifPresent(fate ->
                                        fates.merge(
                                                ASIDE.matcher(line.group(1)).replaceFirst(""),
                                                fate,
                                                DryRun::worse)));
        return new DryRun(fates);
    }

    /** {@code Created} alone is a container that is there and down. */
    private static Optional<Fate> fate(String verb) {
        return switch (verb) {
            case "Running", "Created", "Starting", "Started", "Waiting", "Healthy", "Exited" ->
                    Optional.of(Fate.LEFT);
            case "Create", "Creating" -> Optional.of(Fate.MADE);
            case "Recreate",
                    "Recreating",
                    "Recreated",
                    "Stopping",
                    "Stopped",
                    "Removing",
                    "Removed" ->
                    Optional.of(Fate.ANEW);
            default -> Optional.empty();
        };
    }

    private static Fate worse(Fate one, Fate other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    Optional<Fate> of(String container) {
        return Optional.ofNullable(fates.get(container));
    }
}
