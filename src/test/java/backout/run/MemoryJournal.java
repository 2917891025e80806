package backout.run;

import static java.util.stream.Collectors.joining;

import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The journal of a simulated world. It calls {@code boundary} with {@code "before step-began"} and
 * {@code "after step-began"} around each write: a test that throws there has crashed the process
 * just before or just after the event was on disk. A write of several events is one boundary,
 * {@code "before checked+proven"}; of target events alone {@code "before compose/relay: seen"}.
 */
public class MemoryJournal implements Journal, Outbox {
    private final Map<RunId, List<RunEvent>> runs = new LinkedHashMap<>();
    private final Map<TargetName, List<TargetEvent>> targets = new HashMap<>();
    private final Map<TargetName, Condition> conditions = new HashMap<>();
    private final List<Row> outbox = new ArrayList<>();
    private final Map<String, Long> told = new HashMap<>();
    private final List<TargetRow> ofTargets = new ArrayList<>();
    private final Map<String, Long> toldOfTargets = new HashMap<>();
    private final Map<RunId, Head> sealed = new HashMap<>();
    private final MemoryLeases leases;
    private final Consumer<String> boundary;

    public MemoryJournal(MemoryLeases leases) {
        this(leases, _ -> {});
    }

    /**
     * @param leases any process's view of the leases that appends are fenced by
     */
    public MemoryJournal(MemoryLeases leases, Consumer<String> boundary) {
        this.leases = leases;
        this.boundary = boundary;
    }

    @Override
    public Begun begin(RunEvent.Requested requested) {
        boundary.accept("before requested");
        Begun begun = beginNow(requested);
        boundary.accept("after requested");
        return begun;
    }

    private synchronized Begun beginNow(RunEvent.Requested requested) {
        var same = find(first -> first.delivery().equals(requested.delivery()));
        if (same.isPresent()) {
            return new Begun.Same(same.get());
        }
        var held =
                find(first ->
                        first.targets().stream().anyMatch(requested::isAbout)
                                && isOpen(first.run()));
        if (held.isPresent()) {
            return new Begun.Held(held.get());
        }
        if (runs.containsKey(requested.run())) {
            throw new Overtaken("there is a run " + requested.run() + " already");
        }
        runs.put(requested.run(), new ArrayList<>());
        write(requested.run(), List.of(requested));
        return new Begun.New(requested.run());
    }

    private Optional<RunId> find(java.util.function.Predicate<RunEvent.Requested> wanted) {
        return runs.keySet().stream().filter(run -> wanted.test(first(run))).findFirst();
    }

    private RunEvent.Requested first(RunId run) {
        return (RunEvent.Requested) events(run).getFirst();
    }

    private List<RunEvent> events(RunId run) {
        List<RunEvent> events = runs.get(run);
        if (events == null) {
            throw new IllegalArgumentException("there is no run " + run);
        }
        return events;
    }

    private boolean isOpen(RunId run) {
        return events(run).stream().noneMatch(RunEvent.Finished.class::isInstance);
    }

    private void write(RunId run, List<RunEvent> events) {
        List<RunEvent> all = events(run);
        for (RunEvent event : events) {
            all.add(event);
            outbox.add(new Row(outbox.size() + 1, run, all.size(), kind(event)));
            sealed.put(run, new Head(outbox.size() + ofTargets.size(), "0123456789abcdef"));
        }
    }

    @Override
    public void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        String what = events.stream().map(MemoryJournal::kind).collect(joining("+"));
        boundary.accept("before " + what);
        appendNow(run, expected, events, about, lease);
        boundary.accept("after " + what);
    }

    private synchronized void appendNow(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        if (events.stream().anyMatch(MemoryJournal::isNeverAppended)) {
            throw new IllegalArgumentException("a run is begun once, and unreadable is only read");
        }
        if (events(run).size() != expected) {
            throw new Overtaken("run " + run + " has " + events(run).size() + " events");
        }
        if (lease != null && !leases.isCurrent(lease)) {
            throw new Overtaken("the lease on " + lease.key() + " is no longer the current one");
        }
        events.stream()
                .filter(RunEvent.SwitchBegan.class::isInstance)
                .flatMap(began -> Freezes.of(this).on(Run.of(read(run)), began.at()).stream())
                .findFirst()
                .ifPresent(freeze -> {
                    throw new Overtaken(freeze.says().toString());
                });
        events.stream()
                .filter(GlassBroken.class::isInstance)
                .map(GlassBroken.class::cast)
                .filter(it -> Glass.owed(read(Freeze.SITE), it.by(), run.text()).isPresent())
                .findFirst()
                .ifPresent(it -> {
                    throw new Overtaken("a review of what " + it.by() + " did is open");
                });
        write(run, events);
        about.forEach(this::add);
    }

    private static boolean isNeverAppended(RunEvent event) {
        return event instanceof RunEvent.Requested || event instanceof RunEvent.Unreadable;
    }

    private List<TargetEvent> stream(TargetName target) {
        return targets.computeIfAbsent(target, _ -> new ArrayList<>());
    }

    @Override
    public synchronized Changes since(long mark) {
        Set<RunId> changed =
                mark == Changes.NEVER
                        ? Set.of()
                        : outbox.stream()
                                .filter(row -> row.id() > mark)
                                .map(Row::run)
                                .collect(Collectors.toSet());
        return new Changes(outbox.size(), changed);
    }

    @Override
    public synchronized List<RunEvent> read(RunId run) {
        return List.copyOf(runs.getOrDefault(run, List.of()));
    }

    /** Counted, and with a hash that is always the same. */
    @Override
    public synchronized Optional<Head> sealed(RunId run) {
        return Optional.ofNullable(sealed.get(run));
    }

    @Override
    public synchronized List<RunId> open() {
        return runs.keySet().stream().filter(this::isOpen).toList();
    }

    @Override
    public synchronized List<RunId> recent(int most, Optional<RunId> before) {
        List<RunId> all = new ArrayList<>(runs.keySet());
        int end = before.map(all::indexOf).orElse(all.size());
        return all.subList(0, Math.max(0, end)).reversed().stream().limit(most).toList();
    }

    @Override
    public synchronized List<TargetEvent> read(TargetName target) {
        return List.copyOf(stream(target));
    }

    @Override
    public void append(TargetName target, List<TargetEvent> events) {
        String what =
                target + ": " + events.stream().map(MemoryJournal::kind).collect(joining("+"));
        boundary.accept("before " + what);
        synchronized (this) {
            add(target, events);
        }
        boundary.accept("after " + what);
    }

    private void add(TargetName target, List<TargetEvent> events) {
        stream(target).addAll(events);
        events.forEach(event -> ofTargets.add(new TargetRow(ofTargets.size() + 1, target, event)));
    }

    @Override
    public synchronized List<TargetRow> dueOfTargets(String face, int most) {
        return ofTargets.stream()
                .filter(row -> row.id() > toldOfTargets.getOrDefault(face, 0L))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void deliveredOfTargets(String face, long id) {
        toldOfTargets.merge(face, id, Math::max);
    }

    @Override
    public synchronized void join(String face) {
        toldOfTargets.putIfAbsent(face, (long) ofTargets.size());
        told.putIfAbsent(face, outbox.isEmpty() ? 0 : outbox.getLast().id());
    }

    @Override
    public synchronized void leave(String face) {
        told.remove(face);
        toldOfTargets.remove(face);
    }

    @Override
    public synchronized List<String> faces() {
        return told.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized List<Row> due(String face, int most) {
        long last = told.getOrDefault(face, 0L);
        return outbox.stream().filter(row -> row.id() > last).limit(most).toList();
    }

    @Override
    public synchronized void delivered(String face, long id) {
        if (id < 1 || id > outbox.size()) {
            throw new IllegalArgumentException("the outbox has no row " + id);
        }
        told.merge(face, id, Math::max);
    }

    @Override
    public synchronized void note(TargetName target, Condition condition) {
        conditions.put(target, condition);
    }

    @Override
    public synchronized Optional<Condition> condition(TargetName target) {
        return Optional.ofNullable(conditions.get(target));
    }

    /** The type's name with hyphens, as a store names it. */
    private static String kind(Object event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
