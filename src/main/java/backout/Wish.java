package backout;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What somebody wants who starts {@code bot/backout}. */
sealed interface Wish {
    /** The folders that say what is what; {@code given} are the options as they were typed. */
    record Folders(Path config, Path commands, String given) {}

    record Run(Folders folders, String words, String person, boolean yes) implements Wish {}

    record Plan(Folders folders, String words, boolean shell) implements Wish {}

    record Check(Folders folders, boolean live) implements Wish {}

    record Status(Folders folders, Optional<String> target) implements Wish {}

    record History(Folders folders, Optional<String> target) implements Wish {}

    record Cancel(Folders folders, String run, String person) implements Wish {}

    record Console(Folders folders, String person) implements Wish {}

    record Serve(Folders folders) implements Wish {}

    record SignIn(Folders folders, String person) implements Wish {}

    /** {@code file} may be a folder that is there. */
    record Backup(Folders folders, Path file) implements Wish {}

    /**
     * @param backup an archive's path, or a run that made one
     * @param into where it is unpacked; empty only lists it
     */
    record Open(Folders folders, String backup, Optional<Path> into) implements Wish {}

    /** {@code words}: a level, and perhaps for how long. */
    record LogLevel(Folders folders, List<String> words) implements Wish {
        public LogLevel {
            words = List.copyOf(words);
        }
    }

    /**
     * @param url where Slack reaches the bot, as it was typed
     */
    record Manifest(Folders folders, String chat, String url) implements Wish {}

    /**
     * @param mayInstall whether the launcher may install what the demo needs
     */
    record Demo(Path commands, boolean script, boolean mayInstall) implements Wish {}

    /**
     * @param folder what will be the configuration
     * @param project the only one that is looked at
     * @param yes takes every guess
     */
    record Init(Path folder, Path commands, Optional<String> project, boolean yes)
            implements Wish {}

    record Schema(Folders folders) implements Wish {}

    /** Those that a shell completes. */
    record Listed(Folders folders, Names names) implements Wish {}

    /** Text to read and nothing else: help, the version. */
    record Text(String text) implements Wish {}
}
