package backout.operations;

import backout.plan.Ledger;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.Observer;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs each event that was journalled: one line, with run, target, step, person and the face that
 * it was said through as fields. Never what somebody typed.
 */
public record EventLog(Journal journal) implements Observer {
    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    @Override
    public void journalled(RunId id, List<RunEvent> events) {
        lines(() -> {
            Run run = Run.of(journal.read(id));
            var about = Map.of("run", id.text(), "target", run.request().target().toString());
            events.forEach(event -> line(about, EventWords.of(run, event)));
        });
    }

    @Override
    public void journalled(TargetName target, List<TargetEvent> events) {
        lines(() -> {
            List<TargetEvent> all = journal.read(target);
            Ledger before = Ledger.of(all.subList(0, all.size() - events.size()));
            Ledger now = Ledger.of(all);
            var about = Map.of("target", target.toString());
            events.forEach(event -> line(about, EventWords.of(event, before, now)));
        });
    }

    /** What is journalled is: whoever appended must not take it for a failure. */
    private static void lines(Runnable lines) {
        if (log.isInfoEnabled()) {
            try {
                lines.run();
            } catch (RuntimeException e) {
                log.warn("what was journalled could not be logged: {}", e.toString());
            }
        }
    }

    private static void line(Map<String, String> about, Optional<EventWords> event) {
        event.ifPresent(words -> {
            var before = Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
            about.forEach(MDC::put);
            words.step().ifPresent(step -> MDC.put("step", step));
            words.person().ifPresent(person -> MDC.put("person", person));
            words.via().ifPresent(via -> MDC.put("via", via));
            log.info("{}", words.says());
            MDC.setContextMap(before);
        });
    }
}
