package backout.cli;

import backout.chat.console.PipedLines;
import backout.chat.console.TextScreen;
import backout.config.Folders;
import backout.config.SiteLoader;
import backout.host.Hosts;
import backout.host.SshHost;
import backout.init.Asked;
import backout.init.Dialog;
import backout.init.Guesses;
import backout.init.Init;
import backout.init.Rules;
import backout.init.Trial;
import backout.language.Phrase;
import backout.operations.SiteCheck;
import backout.plan.Ledger;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.serve.Assembly;
import backout.serve.ChatKind;
import backout.serve.ProcessContext;
import backout.store.sql.SqlStore;
import backout.supervisor.Deployments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first configuration of a host, whether it is right, and what editors, shells and Slack know
 * of it.
 */
public final class SetUpVerbs {
    private final Assembly assembly;
    private final ProcessContext context;
    private final TextScreen out;

    public SetUpVerbs(Assembly assembly, ProcessContext context, TextScreen out) {
        this.assembly = assembly;
        this.context = context;
        this.out = out;
    }

    /** Writes the schemas; the exit code. */
    public int schema(Folders folders) {
        assembly.schemas()
                .write(folders.commands(), folders.config())
                .forEach(file -> out.say("", Phrase.of("Written: {0}", file)));
        return 0;
    }

    /** Prints the manifest of the site's app for a chat; the exit code. */
    public int manifest(Verb.Manifest verb) {
        ChatKind chat = assembly.chat(verb.chat());
        var sheet = assembly.sheet(assembly.load(verb.folders()), verb.chat(), verb.url());
        context.out().print(chat.manifest().apply(sheet));
        return 0;
    }

    /** One name per line, for a shell; the exit code. */
    public int list(Folders folders, Names names) {
        names.of(assembly.load(folders)).distinct().forEach(context.out()::println);
        return 0;
    }

    /** Shows by which key a machine is recognised; the exit code. */
    public int scan(Verb.Scan verb) {
        String name = verb.host().replaceFirst("^ssh:", "");
        Path file = verb.folders().config().resolve("hosts.yml");
        if (!Files.exists(file)) {
            throw Problem.stop(
                    Phrase.of("there is no such file"),
                    file.toString(),
                    Phrase.of(
                            "Describe {0} in it, as config/README.md says, or name the folder that"
                                    + " it is in with --config DIR",
                            name));
        }
        var machines = assembly.loader().machines(verb.folders().config());
        try (var hosts = Hosts.over(machines, context.secrets())) {
            if (hosts.named("ssh:" + name) instanceof SshHost host) {
                SshHost.ShownKey shown = host.scan();
                out.say("", Phrase.of("{0} shows this key: {1}", name, shown.fingerprint()));
                out.say(
                        "",
                        Phrase.of(
                                "Compare it on that machine, not by this network: ssh-keygen -lf"
                                        + " /etc/ssh/ssh_host_{0}_key.pub",
                                shown.kind()));
                out.say(
                        "",
                        Phrase.of("If it is the same, write below {0} in config/hosts.yml:", name));
                context.out().println("    host-key: " + shown.line());
            }
        }
        return 0;
    }

    /** Says what is wrong in a configuration and, live, on what runs; the exit code. */
    public int check(Verb.Check verb) {
        SiteLoader.Loaded loaded = assembly.load(verb.folders());
        var problems = new ArrayList<>(loaded.unreached());
        problems.addAll(assembly.calendars(loaded).recall().look());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        out.show(SiteCheck.summary(loaded.site()));
        assembly.shiftChanges(loaded).forEach(change -> out.say("! ", change));
        assembly.servedOtherwise(verb.folders(), loaded)
                .ifPresent(warning -> out.say("! ", warning));
        return verb.live()
                ? assembly.looking(
                        loaded,
                        executors ->
                                new SiteCheck(
                                                loaded.site(),
                                                executors,
                                                name -> ledger(loaded.bot().store(), name),
                                                context.nanos())
                                        .live(out::show))
                : 0;
    }

    /** What is noted of a target, by which one that is down is found; a look makes no journal. */
    private Ledger ledger(Path folder, TargetName target) {
        if (!Files.exists(folder.resolve(SqlStore.FILE))) {
            return Ledger.of(List.of());
        }
        try (SqlStore store = SqlStore.open(folder, context.clock())) {
            return Ledger.of(store.journal().read(target));
        }
    }

    /**
     * Writes a configuration and looks whether its checks hold.
     *
     * @return the exit code of the check
     */
    public int init(Verb.Init verb) {
        var folders = new Folders(verb.folder(), verb.commands(), "");
        var init =
                new Init(
                        verb.folder(),
                        new Init.Scope(verb.project(), verb.host()),
                        context.environment(),
                        context.secrets(),
                        dialog(verb.yes()),
                        new Rules(
                                assembly.loader(),
                                assembly.schemas(),
                                verb.commands(),
                                new Trial(assembly::looking, context.nanos())),
                        host -> new Deployments(host, Thread::sleep).all());
        List<String> written = init.write();
        if (written.isEmpty()) {
            return 2;
        }
        out.say("", Phrase.of("Written to {0}. Now its checks on what runs:", verb.folder()));
        int code = check(new Verb.Check(folders, true));
        String given = " --config " + verb.folder();
        out.say("", Phrase.of("Next, and keep it running: bot/backout serve{0}", given));
        out.say(
                "",
                Phrase.of(
                        "Once it has seen a second release run: bot/backout plan \"compose"
                                + " {0}\"{1}",
                        written.getFirst(), given));
        return code;
    }

    private Dialog dialog(boolean yes) {
        return yes || !context.terminal()
                ? new Guesses(out)
                : new Asked(out, new PipedLines(context.in(), context.out(), context.width()));
    }
}
