package backout.supervisor;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Deadline;
import backout.run.Pause;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Commands on one machine, each as the user whose thing it touches. */
record Hands(Host host, Pause pause) {
    static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** The user that the host is. */
    static final int SAME = -1;

    /** As the user that the host is. */
    Result.Exited run(Duration within, List<String> argv) {
        return run(SAME, within, Map.of(), argv);
    }

    /**
     * From a folder that is there for certain: whoever is in one that was deleted can run nothing.
     *
     * @param uid whose right it needs
     * @param variables may be secrets, where {@code uid} is the host's own user or it is root
     */
    Result.Exited run(int uid, Duration within, Map<String, String> variables, List<String> argv) {
        return host.run(Command.of(within, as(uid, argv)).with(variables).in(Path.of("/")))
                .exited();
    }

    /** What it printed. */
    String ask(int uid, Duration within, List<String> argv) {
        return told(run(uid, within, Map.of(), argv));
    }

    /** What it printed, when it succeeded. */
    String told(Result.Exited ended) {
        if (!ended.isSuccess()) {
            throw failed(ended);
        }
        return ended.stdout().text();
    }

    ProblemException failed(Result.Exited ended) {
        String says = Redaction.patterns(ended.stderr().text().strip());
        return Problem.stop(
                Phrase.of(
                        "{0} ended with {1}: {2}",
                        ended.command().summary(),
                        ended.exitCode(),
                        says.isEmpty() ? Redaction.patterns(ended.stdout().text().strip()) : says),
                host.name(),
                says.startsWith("sudo:")
                        ? Phrase.of(
                                "Let the bot's user there run it by sudo without a password, or let"
                                        + " the bot be that user")
                        : Phrase.of("Run it by hand there to see more"));
    }

    /** Whether it came true before the time was over. */
    boolean await(Deadline by, BooleanSupplier wanted) {
        while (!wanted.getAsBoolean()) {
            if (by.passed()) {
                return false;
            }
            pause.waitFor(LOOK_AGAIN);
        }
        return true;
    }

    int self() {
        return Integer.parseInt(told(host.run(Command.of(SHORT, "id", "-u")).exited()).strip());
    }

    /** Words that run a command as that user. */
    List<String> as(int uid, List<String> argv) {
        int self = uid == SAME ? SAME : self();
        if (self == uid) {
            return argv;
        }
        var words = new ArrayList<String>();
        if (self == 0) {
            String group = told(run(SHORT, List.of("id", "-g", name(uid)))).strip();
            words.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + group, "--init-groups"));
        } else {
            words.addAll(List.of("sudo", "-n", "-u", "#" + uid, "--"));
        }
        words.addAll(argv);
        return words;
    }

    /** The name of a user; setpriv wants one, to find the groups. */
    String name(int uid) {
        String line = told(run(SHORT, List.of("getent", "passwd", Integer.toString(uid))));
        return line.substring(0, line.indexOf(':'));
    }

    /** The home folder of a user. */
    String home(int uid) {
        return told(run(SHORT, List.of("getent", "passwd", Integer.toString(uid))))
                .strip()
                .split(":", -1)[5];
    }
}
