package backout.executor.compose;

import backout.archive.BackupTask;
import backout.archive.Unsaved;
import backout.check.Quantity;
import backout.command.Invocation;
import backout.host.PerHost;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.redis.RedisWay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the steps of one plan. Each carries all that its action needs, so that it can go on after
 * a crash.
 */
final class Steps {
    private final Target target;
    private final List<Member> members;
    private final Invocation wanted;
    private final Map<Member, Map<String, String>> footing;

    /**
     * The target's own service is among the members; the others share the line that changes.
     *
     * @param footing what the step of each container stands on
     */
    Steps(
            Target target,
            List<Member> members,
            Invocation wanted,
            Map<Member, Map<String, String>> footing) {
        this.footing = footing;
        this.target = target;
        this.members = members;
        this.wanted = wanted;
    }

    static String drain(Target target, Invocation wanted) {
        return wanted.value("drain").orElseGet(() -> target.settings().text("drain"));
    }

    private Member own() {
        return members.stream()
                .filter(member -> member.service().equals(target.settings().text("service")))
                .findFirst()
                .orElseThrow();
    }

    /** In the order in which they are done. */
    List<Step> of(Prospect prospect, Unsaved unsaved, Switching switching) {
        List<Step> all = prepare(prospect.saved(), unsaved);
        if (!prospect.change().isNothing()) {
            all.add(file(prospect.change()));
        }
        members.stream()
                .filter(member -> !member.isThereAlready())
                .forEach(member ->
                        all.add(container(member, switching.way(member), switching.rests(member))));
        return all;
    }

    /**
     * @param paths what is backed up besides the project's files; empty for what the container that
     *     runs can write to
     */
    private List<Step> prepare(List<String> paths, Unsaved unsaved) {
        var steps = new ArrayList<Step>();
        for (String action : wanted.command().prepare()) {
            switch (action) {
                case "compose.pull" ->
                        each(Member::image).stream()
                                .filter(member -> !member.choice().isHere())
                                .map(this::pull)
                                .forEach(steps::add);
                case "compose.protect" ->
                        each(Member::images).stream().map(this::protect).forEach(steps::add);
                case "compose.backup" -> steps.add(backup(paths, unsaved));
                default -> throw new IllegalStateException("no preparation is called " + action);
            }
        }
        return steps;
    }

    /** Members of the same images need what is done for an image only once. */
    private List<Member> each(Function<Member, String> images) {
        var seen = new HashSet<String>();
        return members.stream().filter(member -> seen.add(images.apply(member))).toList();
    }

    private Step pull(Member member) {
        var with =
                Map.of(
                        "image",
                        member.choice().source(),
                        "within",
                        target.settings().duration("pull-within").toString());
        return step(
                member,
                "compose.pull",
                Phase.PREPARE,
                with,
                Phrase.of("pull {0}, nothing else", member.choice().source()));
    }

    private Step protect(Member member) {
        var with =
                Map.of(
                        "from-image",
                        member.container().image(),
                        "to-image",
                        member.choice().source());
        return step(
                member,
                "compose.protect",
                Phase.PREPARE,
                with,
                member.equals(own())
                        ? Phrase.of("keep both images from being pruned (local tags)")
                        : Phrase.of(
                                "keep both images of {0} from being pruned (local tags)",
                                member.service()));
    }

    private Step backup(List<String> paths, Unsaved unsaved) {
        Settings settings = target.settings();
        var with = new LinkedHashMap<String, String>();
        with.put("container", own().container().name());
        with.put("paths", String.join("\n", paths));
        with.putAll(BackupTask.with(settings, own().choice().release().name(), unsaved));
        RedisWay.of(settings).map(RedisWay::with).ifPresent(with::putAll);
        Phrase says = saves(unsaved, RedisWay.of(settings).isPresent());
        return step(own(), "compose.backup", Phase.PREPARE, with, says);
    }

    private static Phrase saves(Unsaved unsaved, boolean redis) {
        boolean data = !unsaved.has(Unsaved.DATA);
        if (redis && !unsaved.has(Unsaved.REDIS)) {
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

    private Step file(FileChange change) {
        var with = new LinkedHashMap<String, String>();
        with.put("kind", change.kind());
        with.put("source", change.from());
        with.put("image", own().choice().source());
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
                with(own().project(), with),
                change.says());
    }

    private Step container(Member member, Way way, List<String> rests) {
        String drain = drain(target, wanted);
        String container = member.container().name();
        var with = new LinkedHashMap<String, String>();
        with.put("drain", Long.toString(Quantity.duration(drain).orElseThrow().toSeconds()));
        with.put("start-within", target.settings().duration("start-within").toString());
        with.put("container", container);
        with.put("image", member.choice().source());
        with.put("from-image", member.container().image());
        with.put("with", String.join("\n", way.with()));
        with.put("starts", String.join("\n", way.starts()));
        with.put("exact", Boolean.toString(way.isExact()));
        if (!rests.isEmpty()) {
            with.put("rests", String.join("\n", rests));
        }
        with.putAll(footing.getOrDefault(member, Map.of()));
        boolean swap = way.byEngine();
        Phrase says =
                member.isDown()
                        ? Phrase.of(
                                "make container {0} (docker compose up -d {1})",
                                container, member.service())
                        : swap
                                ? Phrase.of(
                                        "replace container {0} (through the engine, this container"
                                                + " alone, stop grace {1})",
                                        container, drain)
                                : Phrase.of(
                                        "replace container {0} (docker compose up -d {1}, stop"
                                                + " grace {2})",
                                        container, named(member, way), drain);
        return step(member, swap ? "compose.swap" : "compose.up", Phase.SWITCH, with, says);
    }

    private static String named(Member member, Way way) {
        var named = new ArrayList<>(List.of(member.service()));
        named.addAll(way.with());
        return String.join(" ", named);
    }

    private Map<String, String> with(Project project, Map<String, String> more) {
        var with = new LinkedHashMap<>(project.with(more));
        with.putAll(PerHost.with(target));
        return with;
    }

    private Step step(
            Member member, String action, Phase phase, Map<String, String> with, Phrase says) {
        return new Step(
                action,
                target.name(),
                phase,
                member.container().imageId(),
                member.choice().identity(),
                with(member.project(), with),
                says);
    }
}
