package backout.plan;

import java.util.List;

/**
 * What one kind of targets declares, so that the configuration can check everything before anything
 * starts.
 *
 * @param name the first word of its targets' names
 * @param settings the keys that its targets may have in {@code config/targets.yml}
 * @param prepare the actions that may stand below {@code prepare:} in a file of {@code commands/}
 * @param swap the actions that may stand below {@code switch:} there
 * @param remedy what people weigh when they choose between it and another kind
 */
public record TargetKind(
        String name,
        List<Setting> settings,
        List<String> prepare,
        List<String> swap,
        Remedy remedy) {
    /** One of which nothing is known that people could weigh. */
    public TargetKind(
            String name, List<Setting> settings, List<String> prepare, List<String> swap) {
        this(name, settings, prepare, swap, Remedy.UNKNOWN);
    }

    public TargetKind {
        settings = List.copyOf(settings);
        prepare = List.copyOf(prepare);
        swap = List.copyOf(swap);
    }
}
