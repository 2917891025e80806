package backout.cli;

import backout.config.Folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What somebody wants who starts {@code bot/backout}. */
public sealed interface Verb {
    record Run(Folders folders, String words, String person, boolean yes) implements Verb {}

    record Plan(Folders folders, String words, boolean shell) implements Verb {}

    record Check(Folders folders, boolean live) implements Verb {}

    /**
     * @param people whether each is written to, and asked for a press
     */
    record Doctor(Folders folders, boolean people) implements Verb {}

    record Status(Folders folders, Optional<String> target) implements Verb {}

    record Verify(Folders folders, String target) implements Verb {}

    record Decide(Folders folders, String target) implements Verb {}

    record OnCall(Folders folders) implements Verb {}

    /**
     * Which runs, as it was typed; empty where nothing was.
     *
     * @param json whether each is a line for other programs
     */
    record History(
            Folders folders,
            String target,
            String by,
            String result,
            String since,
            String most,
            boolean json)
            implements Verb {}

    /**
     * @param json whether the answer is a line for other programs
     */
    record Locked(Folders folders, String target, boolean json) implements Verb {}

    record Cancel(Folders folders, String run, String person) implements Verb {}

    record Console(Folders folders, String person) implements Verb {}

    record Serve(Folders folders) implements Verb {}

    record SignIn(Folders folders, String person) implements Verb {}

    record Scan(Folders folders, String host) implements Verb {}

    /** {@code file} may be a folder that is there. */
    record Backup(Folders folders, Path file) implements Verb {}

    /**
     * @param backup an archive's path, or a run that made one
     * @param into where it is unpacked; empty only lists it
     */
    record Open(Folders folders, String backup, Optional<Path> into) implements Verb {}

    /**
     * @param heads as they were posted, or typed wrongly
     */
    record AuditVerify(Folders folders, List<String> heads) implements Verb {
        public AuditVerify {
            heads = List.copyOf(heads);
        }
    }

    /**
     * @param since as it was typed; empty for everything
     */
    record AuditExport(Folders folders, String since) implements Verb {}

    /** {@code words}: a level, and perhaps for how long. */
    record LogLevel(Folders folders, List<String> words) implements Verb {
        public LogLevel {
            words = List.copyOf(words);
        }
    }

    /**
     * @param url where Slack reaches the bot, as it was typed
     */
    record Manifest(Folders folders, String chat, String url) implements Verb {}

    /**
     * @param mayInstall whether the launcher may install what the demo needs
     */
    record Demo(Path commands, boolean script, boolean automatic, boolean mayInstall)
            implements Verb {}

    /**
     * @param folder what will be the configuration
     * @param project the only one that is looked at
     * @param host the only machine that is looked at
     * @param yes takes every guess
     */
    record Init(
            Path folder,
            Path commands,
            Optional<String> project,
            Optional<String> host,
            boolean yes)
            implements Verb {}

    record Schema(Folders folders) implements Verb {}

    /** Those that a shell completes. */
    record Listed(Folders folders, Names names) implements Verb {}

    /** Text to read and nothing else: help, the version. */
    record Text(String text) implements Verb {}
}
