package backout.config;

import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a section by the list of keys that it may have. */
final class SectionReader {
    private final Problems problems;
    private final Values values;

    SectionReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** All values with their defaults; empty when something in the section was refused. */
    Optional<Settings> read(Yaml yaml, List<Setting> keys) {
        int before = problems.count();
        Map<String, Object> read = new LinkedHashMap<>();
        if (yaml instanceof Yaml.Section section) {
            members(section, "", keys, read);
            complete(section, keys, read);
        } else {
            shouldBeSection(yaml, names("", keys));
        }
        boolean clean = problems.count() == before && yaml instanceof Yaml.Section;
        return clean ? Optional.of(new Settings(read)) : Optional.empty();
    }

    private void members(
            Yaml.Section section, String prefix, List<Setting> keys, Map<String, Object> read) {
        section.members().forEach((name, yaml) -> member(prefix, name, yaml, keys, read));
    }

    private void member(
            String prefix, String name, Yaml yaml, List<Setting> keys, Map<String, Object> read) {
        String key = prefix + name;
        Optional<Setting> setting = named(key, keys);
        if (name.contains(".")) {
            unknown(prefix, name, yaml, keys);
        } else if (setting.isPresent()) {
            values.read(setting.get(), yaml).ifPresent(value -> read.put(key, value));
        } else if (names(key + ".", keys).isEmpty()) {
            unknown(prefix, name, yaml, keys);
        } else if (yaml instanceof Yaml.Section inner) {
            members(inner, key + ".", keys, read);
        } else {
            shouldBeSection(yaml, names(key + ".", keys));
        }
    }

    private void shouldBeSection(Yaml yaml, List<String> keys) {
        if (!(yaml instanceof Yaml.Unreadable)) {
            problems.add(
                    yaml.place(),
                    Phrase.of("should be a section of keys"),
                    Phrase.of("Keys here are: {0}", Phrase.list(keys)));
        }
    }

    private void unknown(String prefix, String name, Yaml yaml, List<Setting> keys) {
        if (named(prefix + name, keys).isPresent()) {
            problems.add(
                    yaml.place(),
                    Phrase.of("a dot in a key means a section"),
                    Phrase.of("Write {0}:", below(List.of(name.split("\\.", -1)))));
            return;
        }
        List<String> known = names(prefix, keys);
        problems.add(
                yaml.place(),
                Phrase.of("there is no such key"),
                Names.nearest(name, known, Phrase.of("Keys here are: {0}", Phrase.list(known))));
    }

    private static Phrase below(List<String> names) {
        Phrase first = Phrase.verbatim(names.getFirst());
        return names.size() == 1
                ? first
                : Phrase.of("{0}: and below it {1}", first, below(names.subList(1, names.size())));
    }

    private void complete(Yaml.Section section, List<Setting> keys, Map<String, Object> read) {
        for (Setting setting : keys) {
            if (read.containsKey(setting.key()) || isWritten(section, setting.key())) {
                continue;
            }
            if (setting.required()) {
                problems.add(
                        section.place(),
                        Phrase.of("has no \"{0}\"", setting.key()),
                        Phrase.of("Add it. {0}", new Phrase(setting.means(), List.of())));
            } else if (!setting.otherwise().isEmpty()) {
                read.put(setting.key(), Values.otherwise(setting));
            }
        }
    }

    /** A value that was refused is not missing as well. */
    private static boolean isWritten(Yaml.Section section, String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            return section.members().containsKey(key);
        }
        Yaml inner = section.members().get(key.substring(0, dot));
        return inner != null
                && (!(inner instanceof Yaml.Section deeper)
                        || isWritten(deeper, key.substring(dot + 1)));
    }

    private static Optional<Setting> named(String key, List<Setting> keys) {
        return keys.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** The next part of every key that begins so. */
    private static List<String> names(String prefix, List<Setting> keys) {
        return keys.stream()
                .filter(setting -> setting.key().startsWith(prefix))
                .map(setting -> setting.key().substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
    }
}
