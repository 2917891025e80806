package backout.config;

import backout.host.Command;
import backout.language.Phrase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of this site's files: whether there is one, and nothing in it that nobody reads. */
final class ConfigFolder {
    private static final List<String> FILES =
            List.of(
                    "backout.yml",
                    "targets.yml",
                    "hosts.yml",
                    "groups.yml",
                    "checklists.yml",
                    "people.yml",
                    "approvals.yml",
                    "chat.yml",
                    "notices.yml");

    private final Path folder;
    private final Problems problems;

    ConfigFolder(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** Where there is none, that is told once and not of each of its files. */
    boolean isThere() {
        if (!Files.exists(folder)) {
            return missing(Phrase.of("there is no such folder"));
        }
        if (!Files.isDirectory(folder)) {
            return refused(
                    Phrase.of("is a file, not a folder"),
                    Phrase.of("Name the folder that it is in, with --config DIR"));
        }
        if (!Files.isExecutable(folder)) {
            return unreadable();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.toList();
            if (files.isEmpty()) {
                return missing(Phrase.of("is an empty folder"));
            }
            return files.stream().anyMatch(ConfigFolder::isYaml) || refuseStranger();
        } catch (IOException e) {
            return unreadable();
        }
    }

    private boolean missing(Phrase what) {
        return refused(
                what,
                Phrase.of(
                        "Write a first configuration with bot/backout init {0}, or name yours with"
                                + " --config DIR",
                        Command.typed(List.of(folder.toString()))));
    }

    private boolean refuseStranger() {
        return refused(
                Phrase.of("holds none of the files of a configuration: {0}", Phrase.list(FILES)),
                Phrase.of(
                        "Name the folder that holds them with --config DIR, or write a first"
                                + " configuration into a new one with bot/backout init DIR"));
    }

    private boolean unreadable() {
        return refused(
                Phrase.of("may not be read by user {0}", System.getProperty("user.name")),
                Phrase.of("Give that user the right to read it"));
    }

    private boolean refused(Phrase what, Phrase next) {
        problems.add(Place.of(folder.toString()), what, next);
        return false;
    }

    /** A file that nobody reads looks as if it did something. */
    void refuseOthers() {
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(ConfigFolder::isYaml)
                    .filter(file -> !FILES.contains(file.getFileName().toString()))
                    .sorted()
                    .forEach(this::refuse);
        } catch (IOException e) {
            unreadable();
        }
    }

    private static boolean isYaml(Path file) {
        return file.getFileName().toString().matches("[^.].*\\.ya?ml");
    }

    private void refuse(Path file) {
        String name = file.getFileName().toString();
        problems.add(
                Place.of(file.toString()),
                Phrase.of("nothing reads this file"),
                Names.nearest(name, FILES, Phrase.of("Files here are: {0}", Phrase.list(FILES))));
    }
}
