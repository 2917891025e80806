package backout.executor.rebuild;

import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the project's files into its folder, each whole or not at all and for its owner's eyes.
 * Files of the same names that were there stay beside them, and come back with the way back; what
 * the folder holds besides is not touched.
 */
record FilesMove(Root root, Path key) implements Move {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration EACH = Duration.ofSeconds(30);
    private static final int CHANGED = 3;

    @Override
    public Duration within(Step step) {
        return WITHIN;
    }

    private static Listing before(Step step) {
        return Listing.parse(step.need("before"));
    }

    private static Listing after(Step step) {
        return Listing.parse(step.need("after"));
    }

    private Listing now(Step step) {
        var arguments = Stream.concat(Stream.of(step.need("folder")), after(step).names().stream());
        return Listing.parse(root.ask(Remote.HASHES, arguments.toList()));
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            Listing now = now(step);
            boolean isWhole = List.of(step.from(), step.to()).contains(now.identity());
            return !isWhole && now.isBetween(before(step), after(step))
                    ? new Present.Between(Phrase.of("some of the files are put, others are not"))
                    : new Present.At(now.identity());
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    @Override
    public Phrase move(Step step, Work work) {
        Map<String, byte[]> files =
                new Bundle(Path.of(step.need("bundle")), after(step).names(), key).read();
        if (!Bundle.listing(files).equals(after(step))) {
            throw Problem.stop(
                    Phrase.of("the kept files are other ones than when the plan was made"),
                    step.need("bundle"),
                    Phrase.of("ask again, and read what the new plan says"));
        }
        for (String name : after(step).names()) {
            work.requireTime();
            told(step, name, run(Remote.PUT, step, name, files.getOrDefault(name, new byte[0])));
        }
        return Phrase.count(files.size(), "{0} file is there", "{0} files are there");
    }

    private Result.Exited run(Remote script, Step step, String name, byte[] content) {
        return root.run(script, EACH, content, arguments(step, name));
    }

    private static List<String> arguments(Step step, String name) {
        var four =
                Stream.of(
                        step.need("folder"), name, before(step).hash(name), after(step).hash(name));
        return Stream.concat(four, missing(step)).toList();
    }

    /** Folders that were not there before, the innermost first. */
    private static Stream<String> missing(Step step) {
        return step.need("missing").lines();
    }

    private void told(Step step, String name, Result.Exited ended) {
        if (ended.exitCode() == CHANGED) {
            throw Problem.stop(
                    Phrase.of("somebody changed {0} in between; nothing was written over it", name),
                    root.host().place(Path.of(step.need("folder"))),
                    Phrase.of("look who it was, then ask again"));
        }
        if (!ended.isSuccess()) {
            throw root.failed(Remote.PUT, ended);
        }
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        work.requireTime();
        if (now(step).identity().equals(step.from())) {
            return NOTHING_TO_TAKE_BACK;
        }
        for (String name : after(step).names()) {
            work.requireTime();
            told(step, name, run(Remote.TAKE_BACK, step, name, new byte[0]));
        }
        return Phrase.of("the folder holds what it held before");
    }

    /** Files of somebody are not ours to remove. */
    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        List<String> aside = before(step).otherIn(after(step));
        return aside.isEmpty()
                ? Phrase.of("nothing was kept")
                : Phrase.of("the former files stay beside them: {0}", Phrase.list(aside));
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        return new ShellFiles(root.host(), step, before(step), after(step))
                .back().stream().map(Phrase::verbatim).toList();
    }

    @Override
    public Script script(Step step) {
        return new ShellFiles(root.host(), step, before(step), after(step)).script();
    }
}
