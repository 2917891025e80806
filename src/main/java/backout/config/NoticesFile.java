package backout.config;

import backout.approval.Person;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.report.ReceiverKind;
import backout.report.ReceiverKind.Declared;
import backout.report.Wants;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code config/notices.yml}; a site without it tells nobody but its chats. */
final class NoticesFile {
    static final String TOP = "receivers";

    private final Map<String, ReceiverKind> kinds;
    private final Problems problems;
    private final SectionReader sections;

    NoticesFile(List<ReceiverKind> kinds, Problems problems) {
        this.kinds = kinds.stream().collect(Collectors.toMap(ReceiverKind::name, kind -> kind));
        this.problems = problems;
        this.sections = new SectionReader(problems);
    }

    Names<Declared> read(Path file, Names<Target> targets) {
        if (!Files.exists(file)) {
            return new Names<>(Set.of(), Map.of());
        }
        Names<Declared> receivers =
                new NamedSections(file, problems)
                        .read(
                                TOP,
                                TargetsFile::isName,
                                Phrase.of("kind/name in lower-case words, such as mail/oncall"),
                                this::receiver);
        receivers.read().values().forEach(found -> check(found, targets));
        return receivers;
    }

    private Optional<Declared> receiver(String text, Yaml yaml) {
        String name = TargetName.of(text).kind();
        ReceiverKind kind = kinds.get(name);
        if (kind == null) {
            problems.add(
                    yaml.place(),
                    Phrase.of("there is no kind \"{0}\"", Shown.of(name)),
                    Names.nearestKind(name, kinds.keySet()));
            return Optional.empty();
        }
        return sections.read(yaml, Keys.receiver(kind))
                .map(settings -> new Declared(kind, text, settings));
    }

    private void check(Names.Found<Declared> found, Names<Target> targets) {
        Declared declared = found.value();
        Settings settings = declared.settings();
        declared.kind()
                .mistakes()
                .apply(settings)
                .forEach((key, mistake) -> add(found.place(key), mistake));
        try {
            refuseStrangers(found.place(ReceiverKind.TARGETS), declared.wants(), targets, problems);
        } catch (ProblemException e) {
            e.problems().forEach(mistake -> add(found.place(ReceiverKind.TELLS), mistake));
        }
    }

    private void add(Place place, Problem mistake) {
        problems.add(place, mistake.what(), mistake.next());
    }

    /** A target that nobody has is never heard of, and looks as if it was. */
    static void refuseStrangers(
            Place place, Wants wants, Names<Target> targets, Problems problems) {
        List<TargetName> known =
                targets.given().stream()
                        .filter(TargetsFile::isName)
                        .map(TargetName::of)
                        .sorted()
                        .toList();
        for (String stranger : wants.strangers(known)) {
            List<String> names = known.stream().map(TargetName::toString).toList();
            problems.add(
                    place,
                    Phrase.of("there is no target \"{0}\"", Shown.of(stranger)),
                    Names.nearest(
                            stranger,
                            names,
                            Phrase.of(
                                    "Targets are: {0}; all of a kind are KIND/*",
                                    Phrase.list(names))));
        }
    }

    /** Whoever is called by something must be reached by it. */
    void checkPagers(Names<Person> people, Names<Declared> receivers) {
        people.read()
                .values()
                .forEach(found -> {
                    for (String pager : found.value().contact().pagers()) {
                        checkPager(found, pager, receivers);
                    }
                });
    }

    private void checkPager(Names.Found<Person> found, String pager, Names<Declared> receivers) {
        Declared declared = receivers.values().get(pager);
        if (declared != null) {
            declared.kind()
                    .calls()
                    .apply(found.value())
                    .ifPresent(mistake -> add(found.place(Keys.PAGER), mistake));
        } else if (!receivers.given().contains(pager)) {
            problems.add(
                    found.place(Keys.PAGER),
                    Phrase.of("there is no receiver \"{0}\"", Shown.of(pager)),
                    Names.nearest(
                            pager,
                            receivers.given(),
                            Phrase.of("Describe it in config/notices.yml")));
        }
    }
}
