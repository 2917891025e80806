package backout.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import com.jcraft.jsch.ChannelExec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** One command on another machine from its start to its end, or to that of the connection. */
final class SshRun {
    private static final Logger log = LoggerFactory.getLogger(SshRun.class);

    /** A daemon that a command left behind may hold its output open for ever. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private static final Duration KILL = Duration.ofSeconds(20);

    /** The library tells of an exit code to nobody who does not ask. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private static final Map<String, Integer> SIGNALS =
            Map.of(
                    "HUP", 1, "INT", 2, "QUIT", 3, "ILL", 4, "ABRT", 6, "FPE", 8, "KILL", 9, "SEGV",
                    11, "PIPE", 13, "TERM", 15);

    private final SshLink link;
    private final Command command;
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final ShellLine shell = new ShellLine(id);
    private final Bell bell = new Bell();
    private final SshOutput out;
    private final SshOutput err;
    private final boolean kills;
    private long startedAt = System.nanoTime();

    SshRun(SshLink link, Command command) {
        this(link, command, false);
    }

    /** What kills another asks for no room, and is not killed itself. */
    private SshRun(SshLink link, Command command, boolean kills) {
        this.link = link;
        this.command = command;
        this.kills = kills;
        this.out =
                new SshOutput(
                        shell.mark(), command.maxBytes(), command.into().orElse(null), bell::ring);
        this.err = new SshOutput(shell.mark(), command.maxBytes(), null, bell::ring);
    }

    Result run() {
        try (var open = opened()) {
            startedAt = System.nanoTime();
            Thread.ofVirtual().name("input").start(() -> feed(open.channel()));
            return result(open);
        }
    }

    private SshLink.Open<ChannelExec> opened() {
        if (kills) {
            return link.urgent("exec", ChannelExec.class, this::prepare);
        }
        return command.into().isPresent()
                ? link.own("exec", ChannelExec.class, this::prepare)
                : link.shared("exec", ChannelExec.class, this::prepare, command.timeout());
    }

    private void prepare(ChannelExec channel) {
        channel.setCommand(ShellLine.LOGIN);
        channel.setOutputStream(out);
        channel.setErrStream(err);
    }

    private void feed(ChannelExec channel) {
        try (OutputStream to = channel.getOutputStream()) {
            to.write(shell.of(command).getBytes(UTF_8));
            to.flush();
            to.write(command.stdin());
            to.flush();
        } catch (IOException _) {
            // It ended, or closed its input, without reading all: its exit code tells how that was
            return;
        }
    }

    private Result result(SshLink.Open<ChannelExec> open) {
        try {
            if (!bell.await(() -> hasEnded(open) || isRefused(), left(), LOOK_AGAIN)) {
                return stopped(open, false);
            }
        } catch (InterruptedException _) {
            return stopped(open, true);
        }
        awaitOutput(open);
        if (isRefused()) {
            return stopped(open, false);
        }
        int code = code(open.channel());
        return code < 0 ? lost(Phrase.of("it does not answer any more")) : exited(open, code);
    }

    private boolean isRefused() {
        return out.refused() != null;
    }

    private static boolean hasEnded(SshLink.Open<ChannelExec> open) {
        return code(open.channel()) >= 0 || open.channel().isClosed() || !open.on().isUp();
    }

    /** -1 while it is not known. */
    private static int code(ChannelExec channel) {
        String signal = channel.getExitSignal();
        return signal == null ? channel.getExitStatus() : 128 + SIGNALS.getOrDefault(signal, 0);
    }

    /** The library closes a channel first and its streams a moment later. */
    private void awaitOutput(SshLink.Open<ChannelExec> open) {
        boolean isWanted = command.into().isPresent() && left().compareTo(LAST_OUTPUT) > 0;
        settle(
                () -> (out.isOver() && err.isOver()) || !open.on().isUp(),
                isWanted ? left() : LAST_OUTPUT);
    }

    /** Waits so long at most; an interrupt ends it, and is kept. */
    private void settle(BooleanSupplier holds, Duration within) {
        try {
            var _ = bell.await(holds, within, LOOK_AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Result exited(SshLink.Open<ChannelExec> open, int code) {
        if (!out.isBegun()) {
            throw new ProblemException(notBegun());
        }
        boolean isWhole = open.on().isUp() || open.channel().isClosed();
        return new Result.Exited(
                command, code, out.output(isWhole), err.output(isWhole), elapsed());
    }

    private Problem notBegun() {
        String said = out.greeting();
        String program = command.argv().getFirst();
        if (said.endsWith(shell.noFolder())) {
            return refused(
                    Phrase.of(
                            "{0} could not be started: there is no folder {1}",
                            program, String.valueOf(command.directory().orElse(null))),
                    Phrase.of("look at that machine's folders"));
        }
        int path = said.lastIndexOf(shell.noProgram());
        if (path >= 0) {
            return refused(
                    Phrase.of(
                            "{0} could not be started: it is not on the PATH that user {1} has"
                                    + " without a terminal: {2}",
                            program,
                            user(),
                            Shown.value(said.substring(path + shell.noProgram().length()).strip())),
                    Phrase.of(
                            "install it there, or put its folder on that PATH: SetEnv PATH=… in"
                                    + " its sshd_config"));
        }
        String last = (said + " " + err.greeting()).strip();
        return refused(
                Phrase.of("the login of user {0} runs no command: {1}", user(), Shown.value(last)),
                Phrase.of("give that user a shell that reads commands, such as /bin/sh"));
    }

    private String user() {
        return link.machine().user();
    }

    private Problem refused(Phrase what, Phrase next) {
        return new SshFailure(link.machine()).told(what, next);
    }

    /** Ended from here: for certain, or nobody knows. */
    private Result stopped(SshLink.Open<ChannelExec> open, boolean isInterrupted) {
        boolean isDead = !kills && isKilled();
        settle(() -> open.channel().isClosed() || !open.on().isUp(), LAST_OUTPUT);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        requireTaken();
        return isDead
                ? new Result.CutOff(command, out.output(false), err.output(false), elapsed())
                : lost(Phrase.of("it could not be ended"));
    }

    /** Everything that carries the name of this run, again until nothing is left. */
    private boolean isKilled() {
        var kill = SshScript.AT_WORK.command(KILL, ShellLine.RUN + "=" + id, "kill");
        try {
            return new SshRun(link, kill, true).run() instanceof Result.Exited told
                    && told.isSuccess();
        } catch (ProblemException e) {
            log.warn("{} on {} is not ended: {}", command, link.machine().host(), e.problem());
            return false;
        }
    }

    /** Whoever takes the output wants to hear why nothing more was taken. */
    private void requireTaken() {
        IOException refused = out.refused();
        if (refused != null) {
            throw new UncheckedIOException(refused);
        }
    }

    private Result lost(Phrase why) {
        return new Result.Lost(
                command,
                link.machine().host(),
                why,
                out.output(false),
                err.output(false),
                elapsed());
    }

    private Duration left() {
        return command.timeout().minus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
