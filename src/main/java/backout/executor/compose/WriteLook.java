package backout.executor.compose;

import backout.archive.StateLook;
import backout.host.Host;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;

import java.util.List;
import java.util.Optional;

/**
 * Whether every file and folder can be written that the run will write, on the target's machine and
 * on the bot's.
 */
record WriteLook(Host host, StateLook state) implements Preflight.Look<Prospect> {
    @Override
    public Findings at(Prospect prospect) {
        Findings kept =
                state.writable(
                        Optional.of(prospect.target().name().name())
                                .filter(_ -> prospect.prepares("compose.backup")));
        Findings red = Findings.red(unwritable(host, prospect.change())).and(kept);
        return red.red().isEmpty() ? state.lostKey() : red;
    }

    static List<Problem> unwritable(Host host, FileChange change) {
        return change.isNothing()
                ? List.of()
                : change.files().keySet().stream()
                        .flatMap(file -> host.writable(file).stream())
                        .toList();
    }
}
