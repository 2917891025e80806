package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Scarcity;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What people are told when the engine does not do as asked. */
final class EngineProblems {
    private static final Set<String> NOT_CONNECTED =
            Set.of("No such file or directory", "Permission denied", "Connection refused");

    private EngineProblems() {}

    static Problem late(String address, Ask ask, Duration within) {
        return Problem.of(
                ask.onlyReads()
                        ? Phrase.of(
                                "docker answered nothing on {0} in {1} s when asked to {2}",
                                address, seconds(within), ask.doing())
                        : Phrase.of(
                                "docker answered nothing on {0} in {1} s when asked to {2}; it may"
                                        + " or may not have happened",
                                address, seconds(within), ask.doing()),
                Phrase.of("Try: systemctl status docker"));
    }

    static Problem interrupted(Ask ask) {
        return Problem.of(
                ask.onlyReads()
                        ? Phrase.of("waiting for docker to {0} was interrupted", ask.doing())
                        : Phrase.of(
                                "waiting for docker to {0} was interrupted; it may or may not have"
                                        + " happened",
                                ask.doing()),
                Phrase.NONE);
    }

    static Problem broken(String address, Ask ask, Throwable cause) {
        var reason = String.valueOf(cause.getMessage());
        if (Scarcity.isBehind(cause)) {
            return Problem.of(
                    Phrase.of(
                            "docker could not be asked to {0}, this machine has nothing left for"
                                    + " one more connection ({1}); nothing of it happened",
                            ask.doing(), reason),
                    Phrase.of("See what uses up this machine's open files, processes or memory"));
        }
        if (neverConnected(cause, reason)) {
            var isDenied = reason.contains("Permission denied");
            return Problem.of(
                    Phrase.of("docker answered nothing on {0}: {1}", address, reason),
                    isDenied
                            ? Phrase.of(
                                    "Let the user of Backout use the socket: usermod -aG docker"
                                            + " USER")
                            : Phrase.of("Try: systemctl status docker"));
        }
        return Problem.of(
                ask.onlyReads()
                        ? Phrase.of(
                                "docker on {0} broke off when asked to {1} ({2})",
                                address, ask.doing(), reason)
                        : Phrase.of(
                                "docker on {0} broke off when asked to {1} ({2}); it may or may not"
                                        + " have happened",
                                address, ask.doing(), reason),
                Phrase.of("Try: systemctl status docker"));
    }

    static ProblemException refused(Ask ask, Answer answer) {
        Phrase said = Phrase.of("docker would not {0}: {1}", ask.doing(), answer.message());
        return new ProblemException(
                TakenPort.in(said, "").orElseGet(() -> Problem.of(said, advice(answer.status()))));
    }

    private static Phrase advice(int status) {
        return switch (status) {
            case 404 -> Phrase.of("Check with: docker ps --all and docker images");
            case 409 ->
                    Phrase.of(
                            "Something else changed it meanwhile. Look at it with: docker ps"
                                    + " --all");
            case 400 -> Phrase.of("This is not accepted by this engine's version");
            default ->
                    status >= 500
                            ? Phrase.of("The engine's log says more: journalctl -u docker")
                            : Phrase.NONE;
        };
    }

    private static boolean neverConnected(Throwable cause, String reason) {
        return cause instanceof ConnectException
                || (cause instanceof SocketException
                        && NOT_CONNECTED.stream().anyMatch(reason::contains));
    }

    private static String seconds(Duration duration) {
        var tenths = Math.round(duration.toMillis() / 100.0);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    static void refuseUnless200(Ask ask, int status, Map<String, String> headers, InputStream body)
            throws IOException {
        if (status != 200) {
            var text = new String(body.readNBytes(8192), StandardCharsets.UTF_8);
            throw refused(ask, new Answer(status, text, headers));
        }
    }
}
