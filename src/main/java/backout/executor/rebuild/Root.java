package backout.executor.rebuild;

import backout.host.Command;
import backout.host.Host;
import backout.host.Output;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Redaction;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs scripts on a machine as its root: packages and the engine are nobody else's. Who logs in as
 * somebody else becomes root by {@code sudo}, never asked for a password; so no group that was
 * given a moment ago has to hold for a connection that is older.
 */
record Root(Host host) {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final String BECOME =
            "PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/snap/bin; export PATH; ["
                + " \"$(id -u)\" = 0 ] && exec \"$@\"; exec sudo -n -- env \"PATH=$PATH\" \"$@\"";

    /** An argument list that is run as root. */
    static List<String> become(List<String> argv) {
        return Stream.concat(Stream.of("sh", "-c", BECOME, "sh"), argv.stream()).toList();
    }

    /**
     * What it printed.
     *
     * @throws backout.problem.ProblemException when it did not succeed
     */
    String ask(Remote script, String... arguments) {
        return ask(script, List.of(arguments));
    }

    String ask(Remote script, List<String> arguments) {
        return told(script, arguments).text();
    }

    /** The same line by line. */
    List<String> lines(Remote script, String... arguments) {
        return told(script, List.of(arguments)).lines();
    }

    /** How it ended; what it reads comes over the line, never by its arguments. */
    Result.Exited run(Remote script, Duration within, byte[] input, List<String> arguments) {
        var argv = become(script.argv(arguments));
        return host.run(Command.of(within, argv).feeding(input)).exited();
    }

    private Output told(Remote script, List<String> arguments) {
        Result.Exited ended = run(script, SHORT, new byte[0], arguments);
        if (!ended.isSuccess()) {
            throw failed(script, ended);
        }
        return ended.stdout();
    }

    RuntimeException failed(Remote script, Result.Exited ended) {
        String said = Redaction.patterns(ended.stderr().text().strip());
        if (said.startsWith("sudo:") || said.contains("sudo: not found")) {
            return Problem.stop(
                    Phrase.of("the bot may not become root there: {0}", said),
                    host.name(),
                    Phrase.of("log in as root, or let its user use sudo without a password"));
        }
        return Problem.stop(
                Phrase.of(
                        "the machine did not do what it was asked ({0} ended with {1}): {2}",
                        script.name(), ended.exitCode(), said),
                host.name(),
                Phrase.of("look at the machine, then ask again; what is done stays done"));
    }
}
