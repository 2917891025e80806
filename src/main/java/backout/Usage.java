package backout;

import backout.frontdesk.ChatKeys;
import backout.language.Language;
import backout.language.Phrase;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;

/** What {@code bot/backout} can be told, as its help shows it. */
final class Usage {
    static final String AS = "--as";
    static final String URL = "--url";
    static final String PROJECT = "--project";

    private final Language language;
    private final List<ChatKeys> chats;

    Usage(Language language, List<ChatKeys> chats) {
        this.language = language;
        this.chats = List.copyOf(chats);
    }

    CommandSpec root() {
        var root = CommandSpec.create().name("bot/backout");
        root.usageMessage()
                .description(say(Phrase.of("Rolls services back and proves it.")))
                .footer(
                        "",
                        say(
                                Phrase.of(
                                        "Exit codes: 0 done and proven, 1 the rollback or check"
                                            + " failed, 2 wrong words or configuration and nothing"
                                            + " done, 3 not approved, 4 could not tell.")),
                        say(
                                Phrase.of(
                                        "What can be said in quotes: bot/backout run help --as"
                                                + " PERSON")));
        root.addSubcommand("demo", demo());
        root.addSubcommand("run", run());
        root.addSubcommand("plan", plan());
        root.addSubcommand("check", check());
        root.addSubcommand("init", init());
        root.addSubcommand(
                "schema",
                command(
                        Phrase.of(
                                "Writes the JSON schemas of config/ and commands/ beside the files,"
                                        + " for editors.")));
        root.addSubcommand(
                "status", ofTarget(Phrase.of("What runs, what is locked and what is under way.")));
        root.addSubcommand(
                "history", ofTarget(Phrase.of("The last runs; with a target its releases too.")));
        root.addSubcommand("cancel", cancel());
        root.addSubcommand(
                "console", command(Phrase.of("Takes one command per line.")).addOption(person()));
        root.addSubcommand(
                "serve",
                command(
                        Phrase.of(
                                "Serves the chats and the web console, goes on with open runs and"
                                        + " watches the targets, until it is told to stop.")));
        root.addSubcommand("signin", signIn());
        root.addSubcommand("hosts", hosts());
        root.addSubcommand("backup", backup());
        root.addSubcommand("open", open());
        root.addSubcommand("loglevel", logLevel());
        root.addSubcommand("manifest", manifest());
        common(root);
        root.addOption(flag("--version", Phrase.of("Prints the version.")));
        return root;
    }

    private CommandSpec demo() {
        return command(
                        Phrase.of(
                                "Shows it all on a throw-away service, and removes that at the"
                                        + " end."))
                .addOption(
                        flag(
                                "--script",
                                Phrase.of("Plays the whole story; 0 when the service is well.")))
                .addOption(
                        flag(
                                "--no-install",
                                Phrase.of(
                                        "Installs and starts nothing that is missing; says what it"
                                                + " is.")));
    }

    private CommandSpec run() {
        return command(Phrase.of("Says a command and follows what comes of it until it is over."))
                .addPositional(
                        words(
                                "\"COMMAND\"",
                                Phrase.of("Such as \"compose claude-relay because 5xx\".")))
                .addOption(person())
                .addOption(
                        flag(
                                "--yes",
                                Phrase.of(
                                        "Confirms the plan by itself; one that changed is asked for"
                                                + " again.")));
    }

    private CommandSpec plan() {
        return command(Phrase.of("Shows what a command would do, and does nothing."))
                .addPositional(words("\"COMMAND\"", Phrase.of("Such as \"compose claude-relay\".")))
                .addOption(
                        flag(
                                "--shell",
                                Phrase.of(
                                        "Prints it as a shell script that needs no Backout: sh FILE"
                                                + " rolls back, sh FILE back takes that back.")));
    }

    private CommandSpec check() {
        return command(
                        Phrase.of(
                                "Reads config/ and commands/ and tells everything that is wrong in"
                                        + " them."))
                .addOption(
                        flag(
                                "--live",
                                Phrase.of("Reads each target's checks once, on what runs now.")));
    }

    private CommandSpec init() {
        return command(
                        Phrase.of(
                                "Writes a first configuration from what runs on this host; never"
                                        + " overwrites one."))
                .addPositional(
                        one(
                                "DIR",
                                0,
                                false,
                                Phrase.of("A new folder; config/ where none is named.")))
                .addOption(
                        value(
                                PROJECT,
                                "NAME",
                                Phrase.of(
                                        "Asks about the services of this compose project alone.")))
                .addOption(
                        flag(
                                "--yes",
                                Phrase.of("Asks nothing and takes every guess; says which ones.")));
    }

    private CommandSpec ofTarget(Phrase says) {
        return command(says)
                .addPositional(
                        one(
                                "TARGET",
                                0,
                                false,
                                Phrase.of("Such as claude-relay; all where none is named.")));
    }

    private CommandSpec cancel() {
        return command(Phrase.of("Stops a run that has not begun to switch, or ends its soak."))
                .addPositional(one("RUN", 0, true, Phrase.of("Such as {0}.", "7F3KQ")))
                .addOption(person());
    }

    private CommandSpec signIn() {
        return command(Phrase.of("Makes a link that signs a person in to the web console, once."))
                .addPositional(
                        one("PERSON", 0, true, Phrase.of("As config/people.yml names them.")));
    }

    private CommandSpec hosts() {
        return command(
                        Phrase.of(
                                "Shows the key of a machine, to be compared there and pinned in"
                                        + " config/hosts.yml."))
                .addPositional(words("scan NAME", Phrase.of("As config/hosts.yml names it.")));
    }

    private CommandSpec open() {
        return command(
                        Phrase.of(
                                "Opens the backup that a run made of a project: lists what is in"
                                        + " it, or unpacks it into an empty folder. Reads the whole"
                                        + " archive and compares it with what was saved."))
                .addPositional(
                        one(
                                "BACKUP",
                                0,
                                true,
                                Phrase.of(
                                        "the archive, or the run that made it, such"
                                                + " as 7K3QD")))
                .addPositional(one("DIR", 1, false, Phrase.of("an empty folder, or a new one")));
    }

    private CommandSpec backup() {
        return command(
                        Phrase.of(
                                "Copies the journal while Backout serves, and reads the copy"
                                        + " back."))
                .addPositional(
                        one(
                                "FILE|DIR",
                                0,
                                true,
                                Phrase.of("A new file, or a folder that is there.")));
    }

    private CommandSpec logLevel() {
        return command(
                        Phrase.of(
                                "Changes how much a serving Backout logs, for 10 minutes or as long"
                                        + " as said."))
                .addPositional(
                        words(
                                "LEVEL [for TIME]",
                                Phrase.of(
                                        "Such as \"debug for 30m\"; error, warn, info, debug, or"
                                                + " default for what is configured.")));
    }

    private CommandSpec manifest() {
        Phrase called = Phrase.list(chats.stream().map(ChatKeys::called).toList());
        List<String> names = chats.stream().map(ChatKeys::name).toList();
        return command(Phrase.of("Prints what {0} makes an app of, from commands/.", called))
                .addPositional(
                        one("CHAT", 0, true, Phrase.verbatim(String.join(", ", names) + ".")))
                .addOption(
                        value(
                                URL,
                                "URL",
                                Phrase.of("Where {0} reaches this bot: https://HOST.", called)));
    }

    /** What the library would format is text already. */
    private String say(Phrase phrase) {
        return language.say(phrase).replace("%", "%%");
    }

    private CommandSpec command(Phrase says) {
        var command = CommandSpec.create();
        command.usageMessage().description(say(says));
        common(command);
        return command;
    }

    private void common(CommandSpec command) {
        command.usageMessage()
                .synopsisHeading(say(Phrase.of("Usage: ")))
                .commandListHeading(say(Phrase.of("Commands:")) + "%n");
        command.addOption(
                value("--config", "DIR", Phrase.of("What is where: targets, people, policies.")));
        command.addOption(value("--commands", "DIR", Phrase.of("What can be said.")));
        command.addOption(flag("--help", Phrase.of("Prints this and does nothing.")));
    }

    private OptionSpec value(String name, String label, Phrase says) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(say(says))
                .build();
    }

    private OptionSpec person() {
        Phrase says = Phrase.of("Who says it, as config/people.yml names them.");
        return value(AS, "PERSON", says).toBuilder().required(true).build();
    }

    private OptionSpec flag(String name, Phrase says) {
        return OptionSpec.builder(name).type(boolean.class).description(say(says)).build();
    }

    private PositionalParamSpec one(String label, int index, boolean needed, Phrase says) {
        var one =
                PositionalParamSpec.builder()
                        .paramLabel(label)
                        .type(String.class)
                        .arity(needed ? "1" : "0..1")
                        .required(needed)
                        .description(say(says));
        // one whose place is given is missed before options are, and they are not told with it
        return (index == 0 ? one : one.index(Integer.toString(index))).build();
    }

    private PositionalParamSpec words(String label, Phrase says) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .description(say(says))
                .build();
    }
}
