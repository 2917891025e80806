package backout;

import java.nio.file.Path;
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

    /**
     * @param url where Slack reaches the bot, as it was typed
     */
    record Manifest(Folders folders, String url) implements Wish {}

    /**
     * @param mayInstall whether the launcher may install what the demo needs
     */
    record Demo(Path commands, boolean script, boolean mayInstall) implements Wish {}

    /** Text to read and nothing else: help, the version. */
    record Text(String text) implements Wish {}
}
