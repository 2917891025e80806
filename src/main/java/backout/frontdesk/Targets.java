package backout.frontdesk;

import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the target that somebody means among those that {@code config/targets.yml} lists, and no
 * other.
 */
final class Targets {
    private final Site site;

    Targets(Site site) {
        this.site = site;
    }

    /**
     * The targets of a rollback, in the order in which they are switched: those of the group, or
     * the one that is named, or the only one of its kind.
     */
    List<Target> of(Invocation invocation) {
        return invocation.command().isGroup()
                ? group(invocation.value("group").orElseThrow())
                : List.of(single(invocation));
    }

    /** Those that a rollback can be about: all of the group, or one of the kind. */
    List<Target> among(Invocation invocation) {
        return invocation.command().isGroup()
                ? of(invocation)
                : site.targetsOf(invocation.command().kind());
    }

    private List<Target> group(String named) {
        List<TargetName> names = site.groups().get(named);
        if (names == null) {
            Phrase known = Phrase.of("known: {0}", List.copyOf(site.groups().keySet()));
            throw Problem.stop(
                    Phrase.of("there is no group \"{0}\"", shown(named)),
                    site.file("groups.yml"),
                    site.groups().isEmpty()
                            ? Phrase.of("describe one there")
                            : Nearest.to(named, site.groups().keySet())
                                    .map(name -> Phrase.of("did you mean {0}? {1}", name, known))
                                    .orElse(known));
        }
        return names.stream().flatMap(name -> site.target(name).stream()).toList();
    }

    private Target single(Invocation invocation) {
        String kind = invocation.command().kind();
        List<Target> known = site.targetsOf(kind);
        Optional<String> named = invocation.value("target");
        if (named.isPresent()) {
            return one(named.get(), known);
        }
        if (known.size() == 1) {
            return known.getFirst();
        }
        throw new ProblemException(
                known.isEmpty()
                        ? new Problem(
                                Phrase.of("there is no {0} target", kind),
                                site.file("targets.yml"),
                                Phrase.of("add one"))
                        : new Which(site).of(invocation, known, false));
    }

    /**
     * An emergency of the target that it names, whatever its kind.
     *
     * @throws ProblemException when there is no such target, or no rollback of its kind
     */
    Invocation emergency(Invocation said) {
        Target target = any(said.value("target").orElseThrow());
        CommandSpec command =
                site.command(said.command().name(), target)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "no command rolls targets of kind {0} back",
                                                target.name().kind()),
                                        Phrase.of(
                                                "put its file into commands/, then say it again")));
        return new Invocation(command, said.values())
                .with(Map.of("target", target.name().toString(), "severity", Site.EMERGENCY));
    }

    /** Any target, said with or without its kind. */
    Target any(String named) {
        return one(named, List.copyOf(site.targets().values()));
    }

    /** The same; where none is named, the only one that there is. */
    Target anyOrOnly(Optional<String> named) {
        return any(
                named.orElseGet(() ->
                        site.targets().keySet().stream()
                                .findFirst()
                                .map(TargetName::toString)
                                .orElse("")));
    }

    /** The name that the targets of a service share, said with or without a kind. */
    String service(String named) {
        return site.targets().keySet().stream()
                .map(TargetName::name)
                .filter(named::equals)
                .findFirst()
                .orElseGet(() -> any(named).name().name());
    }

    private Target one(String named, List<Target> all) {
        List<Target> meant =
                all.stream()
                        .filter(target ->
                                named.equals(target.name().name())
                                        || named.equals(target.name().toString()))
                        .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        List<String> names =
                all.stream()
                        .map(Target::name)
                        .map(meant.isEmpty() ? TargetName::name : TargetName::toString)
                        .toList();
        Optional<String> near = meant.isEmpty() ? Nearest.to(named, names) : Optional.empty();
        Phrase known = Phrase.of("known: {0}", names);
        throw Problem.stop(
                meant.isEmpty()
                        ? Phrase.of("there is no target \"{0}\"", shown(named))
                        : Phrase.of("several targets are called {0}", named),
                site.file("targets.yml"),
                near.map(name -> Phrase.of("did you mean {0}? {1}", name, known)).orElse(known));
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, name.offsetByCodePoints(0, 40)) + "…";
    }
}
