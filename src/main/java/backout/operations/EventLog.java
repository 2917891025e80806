package backout.operations;

import backout.plan.Ledger;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Condition;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs each event that was journalled: one line, with run, target, step, person and the face that
 * it was said through as fields. Never what somebody typed.
 */
public record EventLog(Journal journal) implements Journal {
    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    @Override
    public Begun begin(RunEvent.Requested requested) {
        Begun begun = journal.begin(requested);
        if (begun instanceof Begun.New) {
            lines(() -> line(Run.of(List.of(requested)), requested));
        }
        return begun;
    }

    @Override
    public void append(
            RunId id,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        var before = new HashMap<TargetName, List<TargetEvent>>();
        about.keySet().forEach(target -> before.put(target, known(target)));
        journal.append(id, expected, events, about, lease);
        lines(() -> {
            Run run = Run.of(journal.read(id));
            events.forEach(event -> line(run, event));
            before.forEach(
                    (target, old) -> lines(target, old, about.getOrDefault(target, List.of())));
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

    private static void line(Run run, RunEvent event) {
        EventWords.of(run, event)
                .ifPresent(words -> {
                    Map<String, String> before = before();
                    MDC.put("run", run.id().text());
                    MDC.put("target", run.request().target().toString());
                    words.step().ifPresent(step -> MDC.put("step", step));
                    words.person().ifPresent(person -> MDC.put("person", person));
                    words.via().ifPresent(via -> MDC.put("via", via));
                    log.info("{}", words.says());
                    MDC.setContextMap(before);
                });
    }

    /** Nothing where nobody reads what would be made of it. */
    private List<TargetEvent> known(TargetName target) {
        return log.isInfoEnabled() ? journal.read(target) : List.of();
    }

    private void lines(TargetName target, List<TargetEvent> before, List<TargetEvent> events) {
        Ledger ledger = Ledger.of(before);
        Ledger now = Ledger.of(journal.read(target));
        events.forEach(event -> line(target, event, ledger, now));
    }

    private static void line(TargetName target, TargetEvent event, Ledger old, Ledger now) {
        EventWords.of(event, old, now)
                .ifPresent(words -> {
                    Map<String, String> before = before();
                    MDC.put("target", target.toString());
                    words.person().ifPresent(person -> MDC.put("person", person));
                    words.via().ifPresent(via -> MDC.put("via", via));
                    log.info("{}", words.says());
                    MDC.setContextMap(before);
                });
    }

    private static Map<String, String> before() {
        return Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
    }

    @Override
    public void append(TargetName target, List<TargetEvent> events) {
        List<TargetEvent> before = known(target);
        journal.append(target, events);
        lines(() -> lines(target, before, events));
    }

    @Override
    public Changes since(long mark) {
        return journal.since(mark);
    }

    @Override
    public List<RunEvent> read(RunId run) {
        return journal.read(run);
    }

    @Override
    public List<RunId> open() {
        return journal.open();
    }

    @Override
    public List<RunId> recent(int most) {
        return journal.recent(most);
    }

    @Override
    public List<TargetEvent> read(TargetName target) {
        return journal.read(target);
    }

    @Override
    public void note(TargetName target, Condition condition) {
        journal.note(target, condition);
    }

    @Override
    public Optional<Condition> condition(TargetName target) {
        return journal.condition(target);
    }
}
