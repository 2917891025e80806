package backout.executor.rebuild;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Pause;
import backout.run.Work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What takes long on a machine goes on there by itself, with a file that takes its exit code: when
 * the line is cut, or the bot dies, whoever comes next attaches to it instead of doing it twice.
 *
 * @param home the folder on the machine that holds a folder for each, for root alone
 */
record Job(Root root, Pause pause, String home) {
    /** Where they are on real machines. */
    static final String HOME = "/var/lib/backout";

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final String TENTHS = "20";

    /**
     * How it ended.
     *
     * @param code its exit code
     * @param words the last it said
     */
    record Ended(int code, String words) {
        private static final int MOST = 4;

        boolean isSuccess() {
            return code == 0;
        }

        /**
         * What apt or a script of ours says that went wrong, or its last line; as it may be shown.
         */
        String complaint() {
            List<String> said =
                    words.lines().filter(line -> line.startsWith("E: ")).distinct().toList();
            return said.isEmpty()
                    ? lastLine()
                    : Redaction.patterns(
                            said.stream().limit(MOST).collect(Collectors.joining(" / ")));
        }

        /** Its last line, as far as it may be shown. */
        String lastLine() {
            return Redaction.patterns(words.lines().reduce("", (_, last) -> last).strip());
        }
    }

    private String folder(String name, Work work) {
        return home + "/" + work.tag().replace('/', '-') + "-" + name;
    }

    /**
     * Starts it, or attaches to it where it was started before, and waits for its end.
     *
     * @throws ProblemException when it still runs at the end of the time: it then goes on
     */
    Ended run(String name, Work work, Remote script, List<String> arguments) {
        String folder = folder(name, work);
        var argv = new ArrayList<>(List.of(folder));
        argv.addAll(script.argv(arguments));
        work.requireTime();
        seen(work, () -> root.ask(Remote.START, argv));
        Ended ended =
                ended(folder, work)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("it was ended there from outside"),
                                        root.host().name(),
                                        Phrase.of(
                                                "look whether that machine was started anew, then"
                                                        + " ask again; what is done stays done")));
        forget(folder);
        return ended;
    }

    /** Returns when nothing of an earlier attempt is at work any more. */
    void settle(String name, Work work) {
        String folder = folder(name, work);
        ended(folder, work).ifPresent(_ -> forget(folder));
    }

    private void forget(String folder) {
        root.run(Remote.FORGET, LOOK, new byte[0], List.of(folder));
    }

    /** Empty when it is gone without an exit code. */
    private Optional<Ended> ended(String folder, Work work) {
        while (true) {
            String[] said = seen(work, () -> root.ask(Remote.POLL, folder, TENTHS)).split("\n", 2);
            String words = said.length > 1 ? said[1] : "";
            if (said[0].equals("gone")) {
                return Optional.empty();
            }
            if (!said[0].equals("running")) {
                return Optional.of(new Ended(Integer.parseInt(said[0].strip()), words));
            }
            work.progress(Phrase.verbatim(new Ended(0, words).lastLine()), OptionalInt.empty());
            if (work.by().passed()) {
                throw Problem.stop(
                        Phrase.of("it is still at work there, and goes on"),
                        root.host().name(),
                        Phrase.of("ask again later: it is not begun twice"));
            }
        }
    }

    /** A line that is cut is waited for: what goes on there does not need it. */
    private <T> T seen(Work work, Supplier<T> look) {
        while (true) {
            try {
                return look.get();
            } catch (ProblemException e) {
                if (!e.isUnseen() || work.by().passed()) {
                    throw e;
                }
                work.progress(
                        Phrase.of("{0}; it is looked at again", e.problem().what()),
                        OptionalInt.empty());
                pause.waitFor(LOOK_AGAIN);
            }
        }
    }
}
