package backout.config;

import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Shown;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code config/groups.yml}; a site that rolls nothing back together has none. */
final class GroupsFile {
    private static final String KEY = "targets";

    private final Names<Target> targets;
    private final Problems problems;

    GroupsFile(Names<Target> targets, Problems problems) {
        this.targets = targets;
        this.problems = problems;
    }

    /** The targets of each, in the order in which they are switched. */
    Names<List<TargetName>> read(Path file) {
        if (!Files.exists(file)) {
            return new Names<>(Set.of(), Map.of());
        }
        var sections = new SectionReader(problems);
        Names<List<String>> named =
                new NamedSections(file, problems)
                        .read(
                                "groups",
                                TargetName::isWord,
                                Phrase.of("a lower-case word, such as shop"),
                                (_, yaml) ->
                                        sections.read(yaml, Keys.GROUP)
                                                .map(settings -> settings.texts(KEY)));
        named.read().values().forEach(this::check);
        return named.map(
                names -> names.stream().filter(TargetsFile::isName).map(TargetName::of).toList());
    }

    private void check(Names.Found<List<String>> found) {
        List<String> names = found.value();
        if (names.size() < 2) {
            problems.add(
                    found.place(KEY),
                    Phrase.of("a group has at least two targets"),
                    Phrase.of("Name them in the order in which they are switched"));
        }
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!targets.given().contains(name)) {
                problems.add(
                        found.place(KEY),
                        Phrase.of("there is no target \"{0}\"", Shown.of(name)),
                        Names.nearest(
                                name,
                                targets.given(),
                                Phrase.of("Write it as targets.yml does: kind/name")));
            } else if (!seen.add(name)) {
                problems.add(
                        found.place(KEY),
                        Phrase.of("{0} is named twice", name),
                        Phrase.of("Name it once, where it is to be switched"));
            }
        }
    }
}
