package backout.executor.compose;

import backout.executor.compose.traits.Mounted;
import backout.executor.compose.traits.Trait;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the running container was given and the new one would not get: values that only the shell
 * knew which started it, and folders that would be others.
 */
final class LostValues {
    private final Scene scene;
    private final Member member;
    private final List<Trait> keys;
    private final Comparison comparison;
    private final Model after;
    private final Unknowns unknowns;
    private final Dollars dollars;
    private final Map<String, String> shell;

    LostValues(
            Scene scene,
            Member member,
            List<Trait> keys,
            Comparison comparison,
            Model after,
            Unknowns unknowns,
            Dollars dollars,
            Map<String, String> shell) {
        this.scene = scene;
        this.member = member;
        this.keys = keys;
        this.comparison = comparison;
        this.after = after;
        this.unknowns = unknowns;
        this.dollars = dollars;
        this.shell = shell;
    }

    /**
     * @param blamed gets the variables that are named
     */
    List<Problem> red(Set<String> blamed) {
        var lost = new TreeMap<String, Set<Trait>>();
        var moved = new ArrayList<Problem>();
        for (Trait trait : keys) {
            List<String> variables = variables(trait);
            variables.forEach(it -> lost.computeIfAbsent(it, _ -> new TreeSet<>()).add(trait));
            if (variables.isEmpty() && trait.isMount()) {
                moved(trait).forEach(moved::add);
            }
        }
        blamed.addAll(lost.keySet());
        var red = new ArrayList<Problem>();
        if (!lost.isEmpty()) {
            red.add(unknown(lost));
        }
        red.addAll(moved);
        return red;
    }

    /** Who is to blame that the container would lose it, or get a mount of half a path. */
    private List<String> variables(Trait trait) {
        if (!comparison.wasGiven(trait)) {
            return trait.isMount() ? unknowns.of(member.service(), trait) : List.of();
        }
        if (trait.isEnvironment() && after.isHandedOnUnset(member.service(), trait.name())) {
            return List.of(trait.name());
        }
        List<String> reaching = unknowns.of(member.service(), trait);
        boolean isGone = comparison.files().value(trait).isEmpty();
        return reaching.isEmpty() && isGone ? unknowns.naming(member.service(), trait) : reaching;
    }

    private Problem unknown(Map<String, Set<Trait>> lost) {
        var told = new ArrayList<Phrase>();
        lost.forEach((variable, traits) ->
                told.add(
                        Phrase.of(
                                "{0} ({1})",
                                dollars.shown(variable),
                                Phrase.list(traits.stream().map(Trait::says).toList()))));
        String container = member.container().name();
        return new Problem(
                member.isDown()
                        ? Phrase.of("nobody knows the values of: {0}", Phrase.list(told))
                        : Phrase.of(
                                "{0} was started with values that nobody knows now: {1}",
                                member.service(), Phrase.list(told)),
                container,
                next(lost.keySet(), container));
    }

    private Phrase next(Set<String> variables, String container) {
        List<String> meant =
                variables.stream().filter(dollars::isMeant).map(it -> it + "=…").toList();
        return meant.isEmpty()
                ? Phrase.of(
                        "write $$ instead of the $ there if it is meant as it stands (docker"
                                + " inspect {0} shows what it was started with), then ask again",
                        container)
                : Phrase.of(
                        "write {0} with what it was started with into {1} (docker inspect {2} shows"
                                + " it), then ask again",
                        Phrase.list(meant), envFile(), container);
    }

    private String envFile() {
        return scene.project().envFiles().isEmpty()
                ? scene.project().directory().resolve(".env").toString()
                : scene.project().envFiles().getLast().toString();
    }

    private List<Problem> moved(Trait trait) {
        var now = comparison.files().value(trait).map(Mounted::parse);
        var before = comparison.running().value(trait).map(Mounted::parse);
        if (now.isEmpty() || before.isEmpty() || now.get().isSamePlace(before.get())) {
            return List.of();
        }
        return List.of(
                new Problem(
                        Phrase.of(
                                "{0} runs with {1} at {2}, docker compose would mount {3} there"
                                        + " now",
                                member.service(),
                                shown(before.get()),
                                trait.name(),
                                shown(now.get())),
                        member.container().name(),
                        next(before.get(), now.get())));
    }

    private static Phrase shown(Mounted mounted) {
        return mounted.source().isEmpty()
                ? mounted.type().equals("tmpfs")
                        ? Phrase.verbatim("tmpfs")
                        : Phrase.of("a new empty volume")
                : Phrase.verbatim(mounted.source());
    }

    private Phrase next(Mounted before, Mounted now) {
        Phrase source = shown(before);
        return homeOf(now)
                .map(home ->
                        Phrase.of(
                                "HOME and ~ mean {0} to the bot: write {1} in full into the compose"
                                        + " file, then ask again",
                                home, source))
                .orElseGet(() ->
                        Phrase.of(
                                "write {0} in full into the compose file; or, if {1} is meant,"
                                        + " bring it up once with {2}; then ask again",
                                source,
                                shown(now),
                                ComposeCli.line(
                                        scene.project(),
                                        List.of(member.service()),
                                        "up",
                                        "--detach")));
    }

    private Optional<String> homeOf(Mounted now) {
        return Optional.ofNullable(shell.get("HOME"))
                .filter(home -> now.source().startsWith(home + "/"));
    }
}
