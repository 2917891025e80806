package backout.config;

import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.language.Phrase;
import backout.plan.Risk;
import backout.plan.Settings;
import backout.plan.TargetKind;
import backout.problem.Shown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of {@code commands/}, one per sub-command. */
final class CommandsFolder {
    private final Map<String, TargetKind> kinds;
    private final Problems problems;
    private final SectionReader sections;

    CommandsFolder(Map<String, TargetKind> kinds, Problems problems) {
        this.kinds = kinds;
        this.problems = problems;
        this.sections = new SectionReader(problems);
    }

    Names<CommandSpec> read(Path folder) {
        Set<String> given = new LinkedHashSet<>();
        Map<String, Names.Found<CommandSpec>> read = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            given.add(file.getFileName().toString());
            YamlFile.read(file, problems)
                    .flatMap(section -> command(file, section))
                    .ifPresent(found -> refuseTwin(read.putIfAbsent(name(found), found), found));
        }
        if (given.size() == read.size() && Files.isDirectory(folder)) {
            missing(folder, read);
        }
        return new Names<>(given, read);
    }

    private List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(
                    Place.of(folder.toString()),
                    Phrase.of("is no folder that can be read"),
                    Phrase.of("Name it with --commands DIR, or copy the shipped one"));
            return List.of();
        }
    }

    private static String name(Names.Found<CommandSpec> found) {
        return found.value().name();
    }

    private void refuseTwin(
            Names.@org.jspecify.annotations.Nullable Found<CommandSpec> former,
            Names.Found<CommandSpec> found) {
        if (former != null) {
            problems.add(
                    found.place("name"),
                    Phrase.of("the command is in {0} as well", former.section().place().file()),
                    Phrase.of("Keep one of the files"));
        }
    }

    private Optional<Names.Found<CommandSpec>> command(Path file, Yaml.Section section) {
        int before = problems.count();
        Optional<Settings> settings = sections.read(section, CommandKeys.LIST);
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        Settings keys = settings.get();
        checkName(file, section, keys.text("name"));
        Optional<Grammar> words = words(section, keys.textIfAny("words").orElse(""));
        Names.Found<CommandSpec> found =
                new Names.Found<>(spec(keys, words.orElse(Grammar.of(""))), section);
        new CommandRules(kinds, problems).check(found, words.isPresent());
        return problems.count() == before
                ? Optional.of(new Names.Found<>(typing(found.value()), section))
                : Optional.empty();
    }

    private static CommandSpec typing(CommandSpec command) {
        boolean asks = !command.isRollback() && command.risk() != Risk.BUTTON;
        return asks ? command.typing() : command;
    }

    private void checkName(Path file, Yaml.Section section, String name) {
        String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        if (!name.equals(stem)) {
            problems.add(
                    section.placeOf("name"),
                    Phrase.of("is \"{0}\", the file is called \"{1}\"", name, Shown.of(stem)),
                    Phrase.of("Give both the same name"));
        }
    }

    private Optional<Grammar> words(Yaml.Section section, String text) {
        try {
            return Optional.of(Grammar.of(text));
        } catch (Grammar.Unreadable e) {
            problems.add(
                    section.placeOf("words"),
                    e.why(),
                    Phrase.of("Write for example [TARGET] [to RELEASE] [because REASON...]"));
            return Optional.empty();
        }
    }

    private static CommandSpec spec(Settings keys, Grammar words) {
        return new CommandSpec(
                keys.text("name"),
                keys.text("says"),
                words,
                keys.text("does"),
                keys.textIfAny("kind").orElse(""),
                Keys.level(keys.text("level")),
                keys.texts("prepare"),
                keys.texts("switch"),
                keys.texts("checks"),
                Risk.of(keys.text("risk")));
    }

    /** Without an answer to its questions a run could never end. */
    private void missing(Path folder, Map<String, Names.Found<CommandSpec>> read) {
        List<String> there =
                read.values().stream().map(found -> found.value().does()).distinct().toList();
        List<String> missing =
                Arrays.stream(Does.values())
                        .filter(does -> !does.isOptional())
                        .map(Does::toString)
                        .filter(does -> !there.contains(does))
                        .toList();
        if (!missing.isEmpty()) {
            problems.add(
                    Place.of(folder.toString()),
                    Phrase.of("no command does: {0}", Phrase.list(missing)),
                    Phrase.of("Copy the shipped files of these names"));
        }
    }
}
