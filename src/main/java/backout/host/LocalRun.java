package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.Scarcity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One process from its start to its end. */
final class LocalRun {
    /** A daemon that a command left behind may hold its output open for ever. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final Set<String> INHERITED =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "TMPDIR",
                    "TZ",
                    "SSH_AUTH_SOCK",
                    "XDG_RUNTIME_DIR",
                    "XDG_CONFIG_HOME",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy");

    private static final Logger log = LoggerFactory.getLogger(LocalRun.class);

    private final Command command;
    private final long startedAt = System.nanoTime();

    LocalRun(Command command) {
        this.command = command;
    }

    Result run() {
        return command.outlives() ? runIntoFiles() : runIntoPipes();
    }

    /** A full disk is no reason not to do it: then it is done as any other. */
    private Result runIntoFiles() {
        OutputFile out;
        OutputFile err;
        try {
            out = Scarcity.outlast(patience(), OutputFile::open);
            err = Scarcity.outlast(patience(), OutputFile::open);
        } catch (IOException e) {
            log.warn("{} runs without files for its output: {}", command, e.getMessage());
            return runIntoPipes();
        }
        try (out;
                err) {
            var process = start(out.redirect(), err.redirect());
            Thread.ofVirtual().start(() -> feed(process.getOutputStream()));
            return endsInTime(process)
                    ? new Result.Exited(
                            command,
                            process.exitValue(),
                            out.last(command.maxBytes()),
                            err.last(command.maxBytes()),
                            elapsed())
                    : new Result.CutOff(
                            command,
                            out.last(command.maxBytes()),
                            err.last(command.maxBytes()),
                            elapsed());
        }
    }

    private Result runIntoPipes() {
        var process = start(Redirect.PIPE, Redirect.PIPE);
        var stdout = Tail.reading(process.getInputStream(), command, () -> killAll(process));
        var stderr = Tail.reading(process.getErrorStream(), command.maxBytes());
        Thread.ofVirtual().start(() -> feed(process.getOutputStream()));
        var isOver = endsInTime(process);
        var out = stdout.all(LAST_OUTPUT, left());
        var err = stderr.within(LAST_OUTPUT);
        return isOver
                ? new Result.Exited(command, process.exitValue(), out, err, elapsed())
                : new Result.CutOff(command, out, err, elapsed());
    }

    private Process start(Redirect out, Redirect err) {
        var builder = new ProcessBuilder(inOwnSession(command.argv()));
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.redirectOutput(out).redirectError(err);
        limit(builder.environment(), command);
        try {
            return Scarcity.outlast(patience(), builder::start);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} could not be started: {1}",
                            command.argv().getFirst(), Cause.of(e)),
                    Phrase.of("Install it, or correct PATH and the working directory"));
        }
    }

    /**
     * Ctrl-C in a terminal reaches every process of the session: it must stop who looks on, never a
     * compose in the middle of its work. Not being a group leader, setsid replaces itself by the
     * command.
     */
    private static List<String> inOwnSession(List<String> argv) {
        if (!Files.isExecutable(SETSID) || !isInPath(argv.getFirst())) {
            return argv;
        }
        var own = new ArrayList<>(List.of(SETSID.toString()));
        own.addAll(argv);
        return own;
    }

    private static boolean isInPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return program.contains("/")
                ? Files.isExecutable(Path.of(program))
                : Arrays.stream(path.split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static Map<String, String> environment(Command command) {
        var environment = new HashMap<>(System.getenv());
        limit(environment, command);
        return environment;
    }

    /**
     * What a command sees must not depend on who started the bot: COMPOSE_FILE or an application's
     * own variables would change what compose does.
     */
    private static void limit(Map<String, String> environment, Command command) {
        environment
                .keySet()
                .removeIf(name -> !INHERITED.contains(name) && !name.startsWith("DOCKER_"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(command.environment());
    }

    private void feed(OutputStream to) {
        try (to) {
            to.write(command.stdin());
        } catch (IOException _) {
            // It ended, or closed its input, without reading all: its exit code tells how that was.
            return;
        }
    }

    private boolean endsInTime(Process process) {
        try {
            if (process.waitFor(left().toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            killAll(process);
            process.waitFor(LAST_OUTPUT.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException _) {
            killAll(process);
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Descendants first, while they can still be found: destroyForcibly() alone ends only the
     * direct child.
     */
    private static void killAll(Process process) {
        var family = new LinkedHashSet<ProcessHandle>();
        for (var found = -1; found != family.size(); ) {
            found = family.size();
            process.descendants().forEach(family::add);
        }
        process.destroyForcibly();
        family.forEach(descendant -> {
            descendant.descendants().forEach(ProcessHandle::destroyForcibly);
            descendant.destroyForcibly();
        });
    }

    /** A machine that has no process left to give is waited for. */
    private Duration patience() {
        return left().compareTo(LONG_ENOUGH) < 0 ? left() : LONG_ENOUGH;
    }

    private Duration left() {
        return command.timeout().minus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
