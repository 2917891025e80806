package backout.executor.source;

import backout.git.GitCommits;
import backout.host.Command;
import backout.host.Host;
import backout.host.Leftovers;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Pause;
import backout.run.Receipt;
import backout.run.Task;
import backout.run.Work;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a commit ready to be served, in a folder of its own, while the former one serves: its
 * files, its packages by its own lock file, what is carried over. Slow enough that the service does
 * not feel it.
 */
final class BuildTask implements Task {
    /** Lies in a folder that is not ready; nobody else's folder has it. */
    static final String UNFINISHED = ".backout-unfinished";

    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final int LINES = 12;

    private final Host host;
    private final Leftovers leftovers;

    BuildTask(Host host, Pause pause) {
        this.host = host;
        this.leftovers = new Leftovers(host, pause);
    }

    @Override
    public Duration within(Step step) {
        return Duration.parse(step.need("within"));
    }

    private static Path folder(Step step) {
        return Path.of(step.need("folder"));
    }

    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return isReady(step);
    }

    private boolean isReady(Step step) {
        return host.isFolder(folder(step))
                && !host.exists(folder(step).resolve(UNFINISHED))
                && Layout.commit(host, folder(step)).equals(Optional.of(step.to()));
    }

    @Override
    public Phrase perform(Step step, Work work) {
        leftovers.awaitNone(work);
        if (isReady(step)) {
            return Phrase.of("it is there already");
        }
        begin(step, work);
        export(step, work);
        var carried = new Carried(host, step);
        carried.files().forEach(argv -> quick(argv, step));
        own(step);
        for (List<String> argv : commands(step)) {
            work.requireTime();
            work.progress(Phrase.of("{0}", Command.typed(argv)), OptionalInt.empty());
            run(argv, step, work);
        }
        carried.folders().forEach(argv -> quick(argv, step));
        finish(step);
        return Phrase.of("ready in {0}", folder(step));
    }

    /** What an attempt left that was cut off goes first. */
    private void begin(Step step, Work work) {
        Path folder = folder(step);
        if (host.exists(folder) && !host.exists(folder.resolve(UNFINISHED))) {
            throw Problem.stop(
                    Phrase.of("this is in the way of the new release: {0}", folder),
                    host.name(),
                    Phrase.of("see what it is, move it away, then ask again"));
        }
        work.keep(new Receipt(Map.of("made", folder.toString())));
        quick(List.of("rm", "-rf", folder.toString()), step);
        quick(List.of("mkdir", "-p", folder.toString()), step);
        quick(List.of("touch", folder.resolve(UNFINISHED).toString()), step);
    }

    private void export(Step step, Work work) {
        Layout layout = Layout.of(host, step);
        fetch(layout, step, work);
        try (GitCommits commits = layout.commits()) {
            List<Phrase> lacking = commits.lacking(step.to());
            if (!lacking.isEmpty()) {
                throw new ProblemException(lacks(step.to(), lacking));
            }
            commits.export(step.to(), folder(step), work.tag(), work.by().left());
        }
    }

    private void fetch(Layout layout, Step step, Work work) {
        try (GitCommits there = layout.commits()) {
            if (there.has(step.to())) {
                return;
            }
        }
        quick(List.of("mkdir", "-p", layout.objects().toString()), step);
        var told = new ArrayList<Phrase>();
        try (GitCommits commits = layout.commits()) {
            for (String url : step.need("repositories").lines().toList()) {
                work.progress(Phrase.of("fetch from {0}", url), OptionalInt.empty());
                Optional<Phrase> why = commits.fetch(url, step.to(), work.tag(), work.by().left());
                if (why.isEmpty()) {
                    return;
                }
                told.add(Phrase.of("{0}: {1}", url, why.get()));
            }
        }
        throw Problem.stop(
                Phrase.of(
                        "commit {0} did not come: {1}",
                        Names.brief(step.to()), Phrase.joined("; ", told)),
                host.name(),
                Phrase.of("nothing that serves was touched; name another release"));
    }

    static Problem lacks(String commit, List<Phrase> lacking) {
        return Problem.of(
                Phrase.of(
                        "a new folder made of commit {0} would lack {1}",
                        Names.brief(commit), Phrase.joined(", ", lacking)),
                Phrase.of(
                        "make a clean clone of it beside the one that runs, build it there as you"
                                + " always do, and ask again: that folder is taken then"));
    }

    private List<List<String>> commands(Step step) {
        var all = new ArrayList<List<String>>();
        new Packages(host, folder(step)).manager().ifPresent(one -> all.add(one.install()));
        step.need("build")
                .lines()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .forEach(all::add);
        return all;
    }

    private void run(List<String> argv, Step step, Work work) {
        var niced = new ArrayList<>(List.of("nice", "-n", "15"));
        niced.addAll(asOwner(step));
        niced.addAll(argv);
        Command command =
                Command.of(work.by().left().plusMillis(1), niced)
                        .in(folder(step))
                        .with(path(step))
                        .keeping(1 << 16)
                        .partOf(work.tag());
        Result result = host.run(command);
        if (result instanceof Result.CutOff) {
            throw failed(argv, Phrase.of("it took longer than build-within allows"), result);
        }
        Result.Exited exited = result.exited();
        switch (exited.exitCode()) {
            case 0 -> {}
            case 137 ->
                    throw failed(argv, Phrase.of("it was killed, as for want of memory"), result);
            case 127 -> throw failed(argv, Phrase.of("there is no such program"), result);
            default ->
                    throw failed(argv, Phrase.of("it ended with {0}", exited.exitCode()), result);
        }
    }

    /** Only root can give a folder away; everybody else makes it his own. */
    private void own(Step step) {
        if (!asOwner(step).isEmpty()) {
            quick(
                    List.of(
                            "chown",
                            "-R",
                            "--reference=" + step.need("current"),
                            folder(step).toString()),
                    step);
        }
    }

    /**
     * What a package does while it is installed, it does by the right of whoever owns the service.
     */
    private List<String> asOwner(Step step) {
        String owner = told(List.of("stat", "-c", "%U", step.need("current")), step);
        boolean isRoot = told(List.of("id", "-u"), step).equals("0");
        return isRoot && !owner.equals("root") && !owner.equals("UNKNOWN")
                ? List.of("runuser", "-u", owner, "--")
                : List.of();
    }

    private String told(List<String> argv, Step step) {
        return mustWork(host.run(Command.of(SHORT, argv).in(Path.of("/"))), step)
                .stdout()
                .text()
                .strip();
    }

    /** The Node that will run it builds it. */
    private Map<String, String> path(Step step) {
        String node = step.need("node");
        if (node.isEmpty()) {
            return Map.of();
        }
        String usual =
                host.environment(Command.of(SHORT, "env")).getOrDefault("PATH", "/usr/bin:/bin");
        return Map.of("PATH", Path.of(node).resolveSibling(".").normalize() + ":" + usual);
    }

    private ProblemException failed(List<String> argv, Phrase why, Result result) {
        String said = result.stderr().text() + result.stdout().text();
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        String last =
                String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        return Problem.stop(
                Phrase.of(
                        "{0}: {1}. It said: {2}",
                        Command.typed(argv), why, Redaction.patterns(last)),
                host.name(),
                Phrase.of(
                        "the former release still serves; mend what it says, or name another"
                                + " release, then ask again"));
    }

    /** The name of the commit is written last: without it the folder is no release. */
    private void finish(Step step) {
        Path folder = folder(step);
        Command write =
                Command.of(SHORT, "tee", folder.resolve(Layout.REVISION).toString())
                        .feeding((step.to() + "\n").getBytes(StandardCharsets.UTF_8));
        var _ = mustWork(host.run(write), step);
        quick(List.of("rm", "-f", folder.resolve(UNFINISHED).toString()), step);
    }

    private void quick(List<String> argv, Step step) {
        var _ = mustWork(host.run(Command.of(SHORT, argv).in(Path.of("/"))), step);
    }

    private Result.Exited mustWork(Result result, Step step) {
        Result.Exited told = result.exited();
        if (!told.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} ended with {1}: {2}",
                            told.command().summary(),
                            told.exitCode(),
                            told.stderr().text().strip()),
                    host.place(folder(step)),
                    Phrase.of("the former release still serves; look at the disk, then ask again"));
        }
        return told;
    }

    /** A folder that became ready stays: the next try needs it. */
    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
        boolean isHalf = host.exists(folder(step).resolve(UNFINISHED));
        if (isHalf && receipt.flatMap(kept -> kept.value("made")).isPresent()) {
            leftovers.awaitNone(work);
            quick(List.of("rm", "-rf", folder(step).toString()), step);
        }
    }
}
