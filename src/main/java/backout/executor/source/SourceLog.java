package backout.executor.source;

import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.LogTail;

import java.util.List;

/** The last lines that a service wrote, without secrets; of one that is gone nobody knows where. */
record SourceLog(Host host, Services services, Secrets secrets) {
    /** More than are kept: the same line again and again is one. */
    private static final int LINES = 4 * LogTail.MAX_LINES;

    /** Empty when there is nothing to read, or the target's log is not to be shown. */
    List<Phrase> last(Target target) {
        if (target.settings().flag("hide-log")) {
            return List.of();
        }
        try {
            List<String> hidden = secrets.values(target.settings());
            List<String> lines =
                    services
                            .found(Layout.of(host, target).current(), Looks.port(target))
                            .owners()
                            .stream()
                            .flatMap(owner -> services.written(owner, LINES, hidden).stream())
                            .toList();
            return LogTail.of(lines);
        } catch (ProblemException e) {
            return List.of(Phrase.of("(the log could not be read: {0})", e.problem().what()));
        }
    }
}
