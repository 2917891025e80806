package backout.target.compose;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the steps of one plan. Each carries all that its action needs, so that it can go on after
 * a crash.
 */
final class Steps {
    private final Target target;
    private final Project project;
    private final ContainerSummary container;
    private final Choice choice;
    private final Invocation wanted;

    Steps(
            Target target,
            Project project,
            ContainerSummary container,
            Choice choice,
            Invocation wanted) {
        this.target = target;
        this.project = project;
        this.container = container;
        this.choice = choice;
        this.wanted = wanted;
    }

    static String drain(Target target, Invocation wanted) {
        return wanted.value("drain").orElseGet(() -> target.settings().text("drain"));
    }

    List<Step> prepare(Unsaved unsaved) {
        var steps = new ArrayList<Step>();
        for (String action : wanted.command().prepare()) {
            switch (action) {
                case "compose.pull" -> {
                    if (!choice.isLocal()) {
                        steps.add(pull());
                    }
                }
                case "compose.protect" -> steps.add(protect());
                case "compose.backup" -> steps.add(backup(unsaved));
                default -> throw new IllegalStateException("no preparation is called " + action);
            }
        }
        return steps;
    }

    private Step pull() {
        var with =
                Map.of(
                        "image",
                        choice.image(),
                        "within",
                        target.settings().duration("pull-within").toString());
        return step(
                "compose.pull",
                Phase.PREPARE,
                with,
                Phrase.of("pull {0}, nothing else", choice.image()));
    }

    private Step protect() {
        var with = Map.of("from-image", container.image(), "to-image", choice.image());
        return step(
                "compose.protect",
                Phase.PREPARE,
                with,
                Phrase.of("keep both images from being pruned (local tags)"));
    }

    private Step backup(Unsaved unsaved) {
        Settings settings = target.settings();
        var with = new LinkedHashMap<String, String>();
        with.put("container", container.name());
        with.put("paths", String.join("\n", settings.texts("backup.paths")));
        with.put("exclude", String.join("\n", settings.texts("backup.exclude")));
        with.put("pack", settings.text("backup.pack"));
        with.put("keep", Long.toString(settings.number("backup.keep")));
        with.put("release", choice.release().name());
        RedisWay.of(settings).map(RedisWay::with).ifPresent(with::putAll);
        with.putAll(unsaved.with());
        boolean redis = RedisWay.of(settings).isPresent();
        return step("compose.backup", Phase.PREPARE, with, saves(unsaved, redis));
    }

    private static Phrase saves(Unsaved unsaved, boolean redis) {
        boolean data = !unsaved.parts().contains(Unsaved.DATA);
        if (redis && !unsaved.parts().contains(Unsaved.REDIS)) {
            return data
                    ? Phrase.of(
                            "back up the compose files, env files and data folders, and Redis by"
                                    + " BGSAVE; read back and compared")
                    : Phrase.of(
                            "back up the compose files and env files, and Redis by BGSAVE, not the"
                                    + " data folders; read back and compared");
        }
        return data
                ? Phrase.of(
                        "back up the compose files, env files and data folders; read back and"
                                + " compared")
                : Phrase.of(
                        "back up the compose files and env files, not the data; read back and"
                                + " compared");
    }

    Step file(FileChange change) {
        var with = new LinkedHashMap<String, String>();
        with.put("kind", change.kind());
        with.put("source", change.from());
        with.put("image", choice.image());
        with.put("paths", Project.lines(List.copyOf(change.files().keySet())));
        with.put(
                "before",
                String.join(
                        "\n",
                        change.files().values().stream().map(FileChange.Hashes::before).toList()));
        with.put(
                "after",
                String.join(
                        "\n",
                        change.files().values().stream().map(FileChange.Hashes::after).toList()));
        return new Step(
                "compose.file",
                target.name(),
                Phase.SWITCH,
                FileMove.identity(with.get("before")),
                FileMove.identity(with.get("after")),
                project.with(with),
                change.says());
    }

    Step container(boolean swap) {
        String drain = drain(target, wanted);
        var with = new LinkedHashMap<String, String>();
        with.put("drain", drain.substring(0, drain.length() - 1));
        with.put("start-within", target.settings().duration("start-within").toString());
        with.put("container", container.name());
        with.put("image", choice.image());
        with.put("from-image", container.image());
        Phrase says =
                swap
                        ? Phrase.of(
                                "replace container {0} (through the engine, this container alone,"
                                        + " stop grace {1})",
                                container.name(), drain)
                        : Phrase.of(
                                "replace container {0} (docker compose up -d {1}, stop grace {2})",
                                container.name(), project.service(), drain);
        return step(swap ? "compose.swap" : "compose.up", Phase.SWITCH, with, says);
    }

    private Step step(String action, Phase phase, Map<String, String> with, Phrase says) {
        return new Step(
                action,
                target.name(),
                phase,
                container.imageId(),
                choice.identity(),
                project.with(with),
                says);
    }
}
