package backout.config;

import backout.language.Phrase;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** A file with one key at its top, and below it sections that people give names to. */
final class NamedSections {
    private final Path file;
    private final Set<String> besides;
    private final Problems problems;

    NamedSections(Path file, Problems problems) {
        this(file, Set.of(), problems);
    }

    /**
     * @param besides further keys of the file, which somebody else reads
     */
    NamedSections(Path file, Set<String> besides, Problems problems) {
        this.file = file;
        this.besides = besides;
        this.problems = problems;
    }

    /**
     * @param top the one key of the file: {@code people}
     * @param nameForm what a name should be, for the message
     * @param make reads one section; empty when it was refused, as everything else is
     */
    <T> Names<T> read(
            String top,
            Predicate<String> isName,
            Phrase nameForm,
            BiFunction<String, Yaml, Optional<T>> make) {
        Map<String, Names.Found<T>> read = new LinkedHashMap<>();
        Map<String, Yaml> given = below(top);
        given.forEach((name, yaml) -> {
            if (!isName.test(name)) {
                problems.add(
                        yaml.place(),
                        Phrase.of("the name should be {0}", nameForm),
                        Phrase.of("Rename it"));
            } else {
                make.apply(name, yaml).ifPresent(value -> read.put(name, found(value, yaml)));
            }
        });
        return new Names<>(Set.copyOf(given.keySet()), read);
    }

    private static <T> Names.Found<T> found(T value, Yaml yaml) {
        return new Names.Found<>(value, (Yaml.Section) yaml);
    }

    private Map<String, Yaml> below(String top) {
        Optional<Yaml.Section> content = YamlFile.read(file, problems);
        content.ifPresent(section -> refuseOthers(section, top));
        Yaml yaml = content.map(section -> section.members().get(top)).orElse(null);
        if (yaml instanceof Yaml.Section named) {
            return named.members();
        }
        if (yaml != null) {
            problems.add(
                    yaml.place(),
                    Phrase.of("should be a section of names, is {0}", yaml.seen()),
                    Phrase.of("Write the names below it, indented"));
        } else if (content.isPresent()) {
            problems.add(
                    Place.of(file.toString()),
                    Phrase.of("has no \"{0}\"", top),
                    Phrase.of("Add {0}: and the names below it", top));
        }
        return Map.of();
    }

    private void refuseOthers(Yaml.Section section, String top) {
        section.members().entrySet().stream()
                .filter(member -> !member.getKey().equals(top))
                .filter(member -> !besides.contains(member.getKey()))
                .forEach(member ->
                        problems.add(
                                member.getValue().place(),
                                Phrase.of("there is no such key"),
                                Names.nearest(
                                        member.getKey(),
                                        Set.of(top),
                                        Phrase.of("The only key here is: {0}", top))));
    }
}
