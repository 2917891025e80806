package backout.executor.container;

import backout.archive.BackupTask;
import backout.archive.Unsaved;
import backout.check.Quantity;
import backout.host.PerHost;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the steps of one plan. */
record Steps(Prospect prospect, Unsaved unsaved) {
    static final String SWAP = "container.swap";

    String drain() {
        return prospect.wanted()
                .value("drain")
                .orElseGet(() -> prospect.target().settings().text("drain"));
    }

    /** In the order in which they are done. */
    List<Step> all() {
        var steps = new ArrayList<Step>();
        for (String action : prospect.wanted().command().prepare()) {
            switch (action) {
                case "container.pull" -> {
                    if (!prospect.choice().isHere()) {
                        steps.add(pull());
                    }
                }
                case "container.protect" -> steps.add(protect());
                case "container.backup" -> steps.add(backup());
                default -> throw new IllegalStateException("no preparation is called " + action);
            }
        }
        steps.add(swap());
        return steps;
    }

    private Step pull() {
        String source = prospect.choice().source();
        return step(
                "container.pull",
                Phase.PREPARE,
                Map.of(
                        "image",
                        source,
                        "within",
                        prospect.target().settings().duration("pull-within").toString()),
                Phrase.of("pull {0}, nothing else", source));
    }

    private Step protect() {
        return step(
                "container.protect",
                Phase.PREPARE,
                Map.of(
                        "from-image",
                        prospect.container().image(),
                        "to-image",
                        prospect.choice().source()),
                Phrase.of("keep both images from being pruned (local tags)"));
    }

    private Step backup() {
        var with = new LinkedHashMap<String, String>();
        with.put("paths", String.join("\n", prospect.paths()));
        with.putAll(
                BackupTask.with(
                        prospect.target().settings(), prospect.choice().release().name(), unsaved));
        return step(
                "container.backup",
                Phase.PREPARE,
                with,
                unsaved.has(Unsaved.DATA)
                        ? Phrase.of(
                                "back up how the container was made, not its data; read back and"
                                        + " compared")
                        : Phrase.of(
                                "back up how the container was made and the folders and volumes"
                                        + " that it writes to; read back and compared"));
    }

    private Step swap() {
        String drain = drain();
        return step(
                SWAP,
                Phase.SWITCH,
                Map.of(
                        "drain",
                        Long.toString(Quantity.duration(drain).orElseThrow().toSeconds()),
                        "image",
                        prospect.choice().source(),
                        "from-image",
                        prospect.container().image()),
                Phrase.of(
                        "replace container {0} by one with the same parameters, and keep the"
                                + " former one, stopped (stop grace {1})",
                        prospect.container().name(), drain));
    }

    private Step step(String action, Phase phase, Map<String, String> more, Phrase says) {
        var with = new LinkedHashMap<>(more);
        with.put("container", prospect.container().name());
        with.putAll(PerHost.with(prospect.target()));
        return new Step(
                action,
                prospect.target().name(),
                phase,
                prospect.container().imageId(),
                prospect.choice().identity(),
                with,
                says);
    }
}
