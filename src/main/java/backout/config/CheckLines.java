package backout.config;

import backout.check.Check;
import backout.check.Subject;
import backout.check.SuiteStep;
import backout.command.CommandSpec;
import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.Target;
import backout.problem.Nearest;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Parses every check at load, each with the placeholders that its target can fill, and sees that
 * the secrets it names are there.
 */
final class CheckLines {
    /** The release's identity, and the version that it should report. */
    private static final List<String> FROM_THE_PLAN = List.of("to", "version");

    private record Line(Place place, String text, Check check) {}

    private final Map<String, List<Setting>> kinds;
    private final Names<Checklist> lists;
    private final Problems problems;

    CheckLines(Map<String, List<Setting>> kinds, Names<Checklist> lists, Problems problems) {
        this.kinds = kinds;
        this.lists = lists;
        this.problems = problems;
    }

    void check(Names<CommandSpec> commands, Names<Target> targets) {
        Map<String, List<Line>> ofKinds = new HashMap<>();
        for (Names.Found<CommandSpec> found : commands.read().values()) {
            ofKinds.computeIfAbsent(found.value().kind(), _ -> new ArrayList<>())
                    .addAll(lines(found.section(), found.value().kind(), found.value().checks()));
        }
        for (Names.Found<Target> found : targets.read().values()) {
            Target target = found.value();
            String kind = target.name().kind();
            List<String> own = target.settings().texts("checks");
            List<Line> all = new ArrayList<>(lines(found.section(), kind, own));
            target.lists().forEach(list -> all.addAll(lines(list, kind)));
            all.addAll(fitting(found, ofKinds.getOrDefault(kind, List.of())));
            settings(all, target);
            target.lists().forEach(list -> suite(list, target));
            all.forEach(line -> secret(line, target));
        }
    }

    /** The command's lines but those that the target does without; each of these must be one. */
    private List<Line> fitting(Names.Found<Target> found, List<Line> ofCommand) {
        List<String> without = found.value().settings().texts("without-checks");
        List<String> known = ofCommand.stream().map(Line::text).toList();
        for (int i = 0; i < without.size(); i++) {
            if (!known.contains(without.get(i))
                    && found.section().members().get("without-checks")
                            instanceof Yaml.Items items) {
                problems.add(
                        items.items().get(i).place(),
                        Phrase.of("its command has no check \"{0}\"", Shown.of(without.get(i))),
                        Nearest.to(without.get(i), known)
                                .map(near -> Phrase.of("Did you mean \"{0}\"?", Shown.of(near)))
                                .orElse(
                                        Phrase.of(
                                                "Write it as it stands below checks in"
                                                        + " commands/")));
            }
        }
        return ofCommand.stream().filter(line -> !without.contains(line.text())).toList();
    }

    private List<Line> lines(Checklist list, String kind) {
        Names.Found<Checklist> found = lists.read().get(list.name());
        return found == null ? List.of() : lines(found.section(), kind, list.checks());
    }

    private List<Line> lines(Yaml.Section section, String kind, List<String> checks) {
        List<Line> lines = new ArrayList<>();
        if (section.members().get("checks") instanceof Yaml.Items items) {
            for (int i = 0; i < checks.size(); i++) {
                Place place = items.items().get(i).place();
                String text = checks.get(i);
                parse(place, text, kind)
                        .map(check -> new Line(place, text, check))
                        .ifPresent(lines::add);
            }
        }
        return lines;
    }

    private Optional<Check> parse(Place place, String line, String kind) {
        try {
            return Optional.of(Check.parse(line, placeholders(kind, _ -> true)));
        } catch (ProblemException e) {
            e.problems().forEach(one -> problems.add(place, one.what(), one.next()));
            return Optional.empty();
        }
    }

    /** A check that is right in itself can still ask for a setting that this target leaves out. */
    private void settings(List<Line> lines, Target target) {
        Set<String> given =
                placeholders(
                        target.name().kind(),
                        setting -> target.settings().values().containsKey(setting.key()));
        Map<String, Place> missing = new LinkedHashMap<>();
        for (Line line : lines) {
            line.check().unfilled().stream()
                    .filter(name -> !given.contains(name))
                    .forEach(name -> missing.putIfAbsent(name, line.place()));
        }
        missing.forEach((name, place) ->
                problems.add(
                        place,
                        Phrase.of("asks for {{0}}, {1} has none", name, target.name()),
                        Phrase.of("Add {0}: to that target", name)));
    }

    private void secret(Line line, Target target) {
        Optional<String> wanted =
                line.check().subject() instanceof Subject.Http http
                        ? http.secret()
                        : Optional.empty();
        Set<String> named = secrets(target);
        wanted.filter(name -> !named.contains(name))
                .ifPresent(name ->
                        problems.add(
                                line.place(),
                                Phrase.of("{0} has no secret \"{1}\"", target.name(), name),
                                named.isEmpty()
                                        ? Phrase.of("Add it below secrets: {0}: env:NAME", name)
                                        : Phrase.of("Its secrets are: {0}", Phrase.list(named))));
    }

    /** Each name that a step sends is a secret of the target, or was kept by a step before it. */
    private void suite(Checklist list, Target target) {
        Names.Found<Checklist> found = lists.read().get(list.name());
        if (found == null) {
            return;
        }
        var known = new TreeSet<>(secrets(target));
        target.settings().url("url").ifPresent(_ -> known.add("url"));
        for (String key : List.of("suite", "clean-up")) {
            if (found.section().members().get(key) instanceof Yaml.Items items) {
                List<String> lines = key.equals("suite") ? list.suite() : list.cleanUp();
                for (int i = 0; i < lines.size(); i++) {
                    step(items.items().get(i).place(), lines.get(i), target, known);
                }
            }
        }
    }

    private void step(Place place, String line, Target target, Set<String> known) {
        try {
            SuiteStep step = SuiteStep.parse(line);
            step.needs().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name ->
                            problems.add(
                                    place,
                                    Phrase.of("asks for {{0}}, {1} has none", name, target.name()),
                                    Phrase.of(
                                            "Keep it of a step before, or add it to the secrets of"
                                                    + " that target")));
            known.addAll(step.keeps().keySet());
        } catch (ProblemException e) {
            e.problems().forEach(one -> problems.add(place, one.what(), one.next()));
        }
    }

    private Set<String> secrets(Target target) {
        return kinds.getOrDefault(target.name().kind(), List.of()).stream()
                .filter(setting -> setting.form() == Form.SECRETS)
                .flatMap(setting -> target.settings().secrets(setting.key()).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> placeholders(String kind, Predicate<Setting> isGiven) {
        Set<String> names = new TreeSet<>(FROM_THE_PLAN);
        kinds.getOrDefault(kind, List.of()).stream()
                .filter(setting -> setting.form() == Form.URL)
                .filter(isGiven)
                .forEach(setting -> names.add(setting.key()));
        return names;
    }
}
