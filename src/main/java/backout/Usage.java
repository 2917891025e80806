package backout;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;

/** What {@code bot/backout} can be told, as its help shows it. */
final class Usage {
    static final String AS = "--as";
    static final String URL = "--url";

    private Usage() {}

    static CommandSpec root() {
        var root = CommandSpec.create().name("bot/backout");
        root.usageMessage()
                .description("Rolls services back and proves it.")
                .footer(
                        "",
                        "Exit codes: 0 done and proven, 1 the rollback or check failed, 2 wrong"
                            + " words or configuration and nothing done, 3 not approved, 4 could"
                            + " not tell.",
                        "What can be said in quotes: bot/backout run help --as PERSON");
        root.addSubcommand("demo", demo());
        root.addSubcommand("run", run());
        root.addSubcommand("plan", plan());
        root.addSubcommand("check", check());
        root.addSubcommand("init", init());
        root.addSubcommand(
                "schema",
                command(
                        "Writes the JSON schemas of config/ and commands/ beside the files, for"
                                + " editors."));
        root.addSubcommand("status", ofTarget("What runs, what is locked and what is under way."));
        root.addSubcommand("history", ofTarget("The last runs; with a target its releases too."));
        root.addSubcommand("cancel", cancel());
        root.addSubcommand("console", console());
        root.addSubcommand(
                "serve",
                command(
                        "Serves the chats and the web console, goes on with open runs and watches"
                                + " the targets, until it is told to stop."));
        root.addSubcommand("signin", signIn());
        root.addSubcommand("backup", backup());
        root.addSubcommand("loglevel", logLevel());
        root.addSubcommand("manifest", manifest());
        common(root);
        root.addOption(flag("--version", "Prints the version."));
        return root;
    }

    private static CommandSpec demo() {
        return command("Shows it all on a throw-away service, and removes that at the end.")
                .addOption(flag("--script", "Plays the whole story; 0 when the service is well."))
                .addOption(
                        flag(
                                "--no-install",
                                "Installs and starts nothing that is missing; says what it is."));
    }

    private static CommandSpec run() {
        return command("Says a command and follows what comes of it until it is over.")
                .addPositional(
                        words("\"COMMAND\"", "Such as \"compose claude-relay because 5xx\"."))
                .addOption(person())
                .addOption(
                        flag(
                                "--yes",
                                "Confirms the plan by itself; one that changed is asked for"
                                        + " again."));
    }

    private static CommandSpec plan() {
        return command("Shows what a command would do, and does nothing.")
                .addPositional(words("\"COMMAND\"", "Such as \"compose claude-relay\"."))
                .addOption(
                        flag(
                                "--shell",
                                "Shows besides what a person types to bring back by hand what runs"
                                        + " now."));
    }

    private static CommandSpec check() {
        return command("Reads config/ and commands/ and tells everything that is wrong in them.")
                .addOption(flag("--live", "Reads each target's checks once, on what runs now."));
    }

    private static CommandSpec init() {
        return command(
                        "Writes a first configuration from what runs on this host; never"
                                + " overwrites one.")
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("DIR")
                                .type(String.class)
                                .arity("0..1")
                                .description("A new folder; config/ where none is named.")
                                .build())
                .addOption(flag("--yes", "Asks nothing and takes every guess; says which ones."));
    }

    private static CommandSpec ofTarget(String says) {
        return command(says)
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("TARGET")
                                .type(String.class)
                                .arity("0..1")
                                .description("Such as claude-relay; all where none is named.")
                                .build());
    }

    private static CommandSpec cancel() {
        return command("Stops a run that has not begun to switch, or ends its soak.")
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("RUN")
                                .type(String.class)
                                .arity("1")
                                .description("Such as 7F3KQ.")
                                .build())
                .addOption(person());
    }

    private static CommandSpec signIn() {
        return command("Makes a link that signs a person in to the web console, once.")
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("PERSON")
                                .type(String.class)
                                .arity("1")
                                .description("As config/people.yml names them.")
                                .build());
    }

    private static CommandSpec backup() {
        return command("Copies the journal while Backout serves, and reads the copy back.")
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("FILE|DIR")
                                .type(String.class)
                                .arity("1")
                                .description("A new file, or a folder that is there.")
                                .build());
    }

    private static CommandSpec logLevel() {
        return command(
                        "Changes how much a serving Backout logs, for 10 minutes or as long as"
                                + " said.")
                .addPositional(
                        words(
                                "LEVEL [for TIME]",
                                "Such as \"debug for 30m\"; error, warn, info, debug, or default"
                                        + " for what is configured."));
    }

    private static CommandSpec manifest() {
        return command("Prints what Slack makes an app of, from commands/.")
                .addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("CHAT")
                                .type(String.class)
                                .arity("1")
                                .description("slack.")
                                .build())
                .addOption(
                        OptionSpec.builder(URL)
                                .paramLabel("URL")
                                .type(String.class)
                                .description("Where Slack reaches this bot: https://HOST.")
                                .build());
    }

    private static CommandSpec console() {
        return command("Takes one command per line.").addOption(person());
    }

    private static CommandSpec command(String says) {
        var command = CommandSpec.create();
        command.usageMessage().description(says);
        common(command);
        return command;
    }

    private static void common(CommandSpec command) {
        command.addOption(folder("--config", "What is where: targets, people, policies."));
        command.addOption(folder("--commands", "What can be said."));
        command.addOption(flag("--help", "Prints this and does nothing."));
    }

    private static OptionSpec folder(String name, String says) {
        return OptionSpec.builder(name)
                .paramLabel("DIR")
                .type(String.class)
                .description(says)
                .build();
    }

    private static OptionSpec person() {
        return OptionSpec.builder(AS)
                .paramLabel("PERSON")
                .type(String.class)
                .required(true)
                .description("Who says it, as config/people.yml names them.")
                .build();
    }

    private static OptionSpec flag(String name, String says) {
        return OptionSpec.builder(name).type(boolean.class).description(says).build();
    }

    private static PositionalParamSpec words(String label, String says) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .description(says)
                .build();
    }
}
