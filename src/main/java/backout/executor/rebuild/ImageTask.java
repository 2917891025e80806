package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Task;
import backout.run.Work;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends the saved image to the machine and has it loaded there. What arrived before the line was
 * cut is not sent again; what arrived otherwise than it was kept is not loaded.
 */
record ImageTask(Root root, Job job) implements Task {
    private static final int PART = 8 << 20;
    private static final int OTHERWISE = 3;
    private static final Duration EACH = Duration.ofMinutes(2);

    @Override
    public Duration within(Step step) {
        return Duration.parse(step.need("within"));
    }

    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return root.ask(Remote.IMAGE, step.need("image")).strip().equals(step.to());
    }

    @Override
    public Phrase perform(Step step, Work work) {
        job.settle("image", work);
        if (done(step, Optional.empty())) {
            return Phrase.of("it is there already");
        }
        Duration before = work.by().left();
        send(step, work);
        Job.Ended ended =
                job.run("image", work, Remote.LOAD, List.of(there(step), step.need("sha256")));
        if (!ended.isSuccess() || !done(step, Optional.empty())) {
            throw Problem.stop(
                    Phrase.of(
                            "the saved image could not be loaded: {0}",
                            ended.isSuccess()
                                    ? Phrase.of("another image came")
                                    : Phrase.verbatim(ended.lastLine())),
                    root.host().name(),
                    Phrase.of("the service was not touched; ask again"));
        }
        return Phrase.of("sent and loaded in {0}", before.minus(work.by().left()));
    }

    private String there(Step step) {
        return job.home() + "/image-" + step.need("sha256").substring(0, 16);
    }

    private void send(Step step, Work work) {
        Path file = Path.of(step.need("image-file"));
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            for (long at = arrived(step); at < size; ) {
                work.requireTime();
                at = part(step, channel, at);
                work.progress(
                        Phrase.of("{0} of {1} sent", Say.bytes(at), Say.bytes(size)),
                        OptionalInt.of((int) (at * 100 / size)));
            }
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the saved image cannot be read: {0}", Cause.of(e)),
                    file.toString(),
                    Phrase.of("look at the bot's disk, then ask again"));
        }
    }

    private long arrived(Step step) {
        return Long.parseLong(root.ask(Remote.SIZE, there(step)).strip());
    }

    /**
     * @return how much is there now
     */
    private long part(Step step, FileChannel channel, long at) throws IOException {
        var part = ByteBuffer.allocate((int) Math.min(PART, channel.size() - at));
        if (channel.read(part, at) < 1) {
            throw new EOFException();
        }
        byte[] bytes = java.util.Arrays.copyOf(part.array(), part.position());
        try {
            var ended =
                    root.run(Remote.APPEND, EACH, bytes, List.of(there(step), Long.toString(at)));
            if (ended.exitCode() == OTHERWISE) {
                return arrived(step); // what went over a line that was cut came late
            }
            if (!ended.isSuccess()) {
                throw root.failed(Remote.APPEND, ended);
            }
            return at + bytes.length;
        } catch (ProblemException e) {
            if (e.isUnseen()) {
                return arrived(step);
            }
            throw e;
        }
    }

    /**
     * An image more on the disk harms nobody, and the next try needs it; what half arrived goes.
     */
    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
        root.ask(Remote.FORGET, there(step));
    }

    @Override
    public Script script(Step step) {
        return Script.NOTHING.noting(
                Phrase.of(
                        "before it: on {0}: docker load of {1}",
                        root.host().name(), step.need("image-file")));
    }
}
