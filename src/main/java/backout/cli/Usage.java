package backout.cli;

import backout.frontdesk.ChatKeys;
import backout.language.Language;
import backout.language.Phrase;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/** What {@code bot/backout} can be told, as its help shows it. */
final class Usage {
    static final String AS = "--as";
    static final String URL = "--url";
    static final String NO_PEOPLE = "--no-people";
    static final String PROJECT = "--project";
    static final String HOST = "--host";

    private final Syntax syntax;
    private final RunUsage runs;
    private final List<ChatKeys> chats;

    /**
     * @param language of what is said about each
     * @param chats that there is a manifest for
     */
    Usage(Language language, List<ChatKeys> chats) {
        this.syntax = new Syntax(language);
        this.runs = new RunUsage(syntax);
        this.chats = List.copyOf(chats);
    }

    CommandSpec root() {
        var root = CommandSpec.create().name("bot/backout");
        root.usageMessage()
                .description(syntax.say(Phrase.of("Rolls services back and proves it.")))
                .footer(
                        "",
                        syntax.say(
                                Phrase.of(
                                        "Exit codes: 0 done and proven, 1 the rollback or check"
                                            + " failed, 2 wrong words or configuration and nothing"
                                            + " done, 3 not approved, 4 could not tell.")),
                        syntax.say(
                                Phrase.of(
                                        "What can be said in quotes: bot/backout run help --as"
                                                + " PERSON")));
        root.addSubcommand("demo", demo());
        root.addSubcommand("run", runs.run());
        root.addSubcommand("plan", runs.plan());
        root.addSubcommand("check", check());
        root.addSubcommand("doctor", doctor());
        root.addSubcommand("init", init());
        root.addSubcommand(
                "schema",
                syntax.command(
                        Phrase.of(
                                "Writes the JSON schemas of config/ and commands/ beside the files,"
                                        + " for editors.")));
        root.addSubcommand(
                "status",
                runs.ofTarget(Phrase.of("What runs, what is locked and what is under way.")));
        root.addSubcommand("verify", runs.verify());
        root.addSubcommand("decide", runs.decide());
        root.addSubcommand("history", runs.history());
        root.addSubcommand("locked", runs.locked());
        root.addSubcommand(
                "oncall", syntax.command(Phrase.of("Who is on call now and who is next.")));
        root.addSubcommand("cancel", runs.cancel());
        root.addSubcommand(
                "console",
                syntax.command(Phrase.of("Takes one command per line."))
                        .addOption(syntax.person()));
        root.addSubcommand(
                "serve",
                syntax.command(
                        Phrase.of(
                                "Serves the chats and the web console, goes on with open runs and"
                                        + " watches the targets, until it is told to stop.")));
        root.addSubcommand("signin", signIn());
        root.addSubcommand("hosts", hosts());
        root.addSubcommand("backup", backup());
        root.addSubcommand("open", open());
        root.addSubcommand("audit", new AuditUsage(syntax).audit());
        root.addSubcommand("loglevel", logLevel());
        root.addSubcommand("manifest", manifest());
        root.addSubcommand("completion", completion());
        syntax.common(root);
        root.addOption(syntax.flag("--version", Phrase.of("Prints the version.")));
        return root;
    }

    private CommandSpec demo() {
        return syntax.command(
                        Phrase.of(
                                "Shows it all on a throw-away service, and removes that at the"
                                        + " end."))
                .addOption(
                        syntax.flag(
                                "--script",
                                Phrase.of("Plays the whole story; 0 when the service is well.")))
                .addOption(
                        syntax.flag(
                                "--automatic",
                                Phrase.of("The bot notices it by itself and rolls back alone.")))
                .addOption(
                        syntax.flag(
                                "--no-install",
                                Phrase.of(
                                        "Installs and starts nothing that is missing; says what it"
                                                + " is.")));
    }

    private CommandSpec check() {
        return syntax.command(
                        Phrase.of(
                                "Reads config/ and commands/ and tells everything that is wrong in"
                                        + " them."))
                .addOption(
                        syntax.flag(
                                "--live",
                                Phrase.of("Reads each target's checks once, on what runs now.")));
    }

    private CommandSpec doctor() {
        return syntax.command(
                        Phrase.of(
                                "Proves that a rollback would work: each target, each chat, each"
                                    + " person, a line each. Posts messages marked TEST and waits"
                                    + " for a press of their buttons."))
                .addOption(
                        syntax.flag(
                                NO_PEOPLE,
                                Phrase.of(
                                        "Writes to no person, posts nothing and waits for nobody:"
                                                + " for machines.")));
    }

    private CommandSpec init() {
        return syntax.command(
                        Phrase.of(
                                "Writes a first configuration from what runs on this host; never"
                                        + " overwrites one."))
                .addPositional(
                        syntax.one(
                                "DIR",
                                0,
                                false,
                                Phrase.of("A new folder; config/ where none is named.")))
                .addOption(
                        syntax.value(
                                PROJECT,
                                "NAME",
                                Phrase.of(
                                        "Asks about the services of this compose project alone.")))
                .addOption(
                        syntax.value(
                                HOST,
                                "HOST",
                                Phrase.of(
                                        "Looks at this machine alone: local, or one of the"
                                                + " hosts.yml that is in the folder.")))
                .addOption(
                        syntax.flag(
                                "--yes",
                                Phrase.of("Asks nothing and takes every guess; says which ones.")));
    }

    private CommandSpec signIn() {
        return syntax.command(
                        Phrase.of("Makes a link that signs a person in to the web console, once."))
                .addPositional(
                        syntax.one(
                                "PERSON", 0, true, Phrase.of("As config/people.yml names them.")));
    }

    private CommandSpec hosts() {
        var hosts = syntax.command(Phrase.of("About the machines of config/hosts.yml."));
        hosts.addSubcommand(
                "scan",
                syntax.command(
                                Phrase.of(
                                        "Shows the key of a machine, to be compared there and"
                                                + " pinned in config/hosts.yml."))
                        .addPositional(
                                syntax.one(
                                        "HOST",
                                        0,
                                        true,
                                        Phrase.of("As config/hosts.yml names it."))));
        return hosts;
    }

    private CommandSpec open() {
        return syntax.command(
                        Phrase.of(
                                "Opens the backup that a run made of a project: lists what is in"
                                        + " it, or unpacks it into an empty folder. Reads the whole"
                                        + " archive and compares it with what was saved."))
                .addPositional(
                        syntax.one(
                                "BACKUP",
                                0,
                                true,
                                Phrase.of(
                                        "the archive, or the run that made it, such"
                                                + " as 7K3QD")))
                .addPositional(
                        syntax.one("DIR", 1, false, Phrase.of("an empty folder, or a new one")));
    }

    private CommandSpec backup() {
        return syntax.command(
                        Phrase.of(
                                "Copies the journal while Backout serves, and reads the copy"
                                        + " back."))
                .addPositional(
                        syntax.one(
                                "FILE|DIR",
                                0,
                                true,
                                Phrase.of("A new file, or a folder that is there.")));
    }

    private CommandSpec logLevel() {
        return syntax.command(
                        Phrase.of(
                                "Changes how much a serving Backout logs, for 10 minutes or as long"
                                        + " as said."))
                .addPositional(
                        syntax.words(
                                "LEVEL [for TIME]",
                                Phrase.of(
                                        "Such as \"debug for 30m\"; error, warn, info, debug, or"
                                                + " default for what is configured.")));
    }

    private CommandSpec manifest() {
        Phrase called = Phrase.list(chats.stream().map(ChatKeys::called).toList());
        List<String> names = chats.stream().map(ChatKeys::name).toList();
        return syntax.command(Phrase.of("Prints what {0} makes an app of, from commands/.", called))
                .addPositional(
                        syntax.choice(
                                "CHAT", names, Phrase.verbatim(String.join(", ", names) + ".")))
                .addOption(
                        syntax.value(
                                URL,
                                "URL",
                                Phrase.of(
                                        "Where {0} calls this bot: https://HOST; without it the bot"
                                                + " calls the chat.",
                                        called)));
    }

    private CommandSpec completion() {
        return syntax.command(
                        Phrase.of(
                                "Prints what makes a shell complete commands, options and the names"
                                        + " of config/ with the Tab key."))
                .addPositional(
                        syntax.choice(
                                "SHELL",
                                Completion.SHELLS,
                                Phrase.of("bash or zsh; both take the same.")));
    }
}
