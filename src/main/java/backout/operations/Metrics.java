package backout.operations;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.plan.Ledger;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.report.Posts;
import backout.run.Journal;
import backout.run.Observer;
import backout.run.Run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the bot did, for Prometheus. What runs came to is folded from the journal and survives a
 * restart; what only this process saw (deliveries, leases, times of appends) begins with it. No
 * label holds a run's id or anything that somebody typed.
 */
public final class Metrics implements Observer, RunFold.Figures, AutoCloseable {
    private static final Duration LOCKS_EVERY = Duration.ofMinutes(1);
    private static final Duration[] SWITCHES = seconds(0.1, 0.5, 1, 2, 5, 10, 30, 60, 300);
    private static final Duration[] APPENDS = seconds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 5);
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Supplier<Site> sites;
    private final Journal journal;
    private final InstantSource clock;
    private final JournalFold fold;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final Map<TargetName, Boolean> locked = new ConcurrentHashMap<>();
    private final Map<String, Delivered> delivered = new ConcurrentHashMap<>();
    private volatile int open;
    private volatile boolean readable;
    private Instant locksAt = Instant.MIN;

    private record Delivered(Posts posts, int behind, double lag) {}

    public Metrics(Supplier<Site> sites, Journal journal, InstantSource clock) {
        this.sites = sites;
        this.journal = journal;
        this.clock = clock;
        var names = sites.get().commands().stream().map(CommandSpec::name).toList();
        this.fold = new JournalFold(journal, this, names);
        gauges();
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(jvm -> jvm.bindTo(registry));
        ManagementFactory.getGarbageCollectorMXBeans().forEach(this::collections);
    }

    /** Micrometer's own listens for each pause, for which Java starts its whole management. */
    private void collections(GarbageCollectorMXBean collector) {
        FunctionTimer.builder(
                        "jvm.gc.collection",
                        collector,
                        GarbageCollectorMXBean::getCollectionCount,
                        GarbageCollectorMXBean::getCollectionTime,
                        TimeUnit.MILLISECONDS)
                .tag("gc", collector.getName())
                .description("Time spent in collections of the garbage collector")
                .register(registry);
    }

    private static Duration[] seconds(double... seconds) {
        var durations = new Duration[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            durations[i] = Duration.ofMillis(Math.round(seconds[i] * 1000));
        }
        return durations;
    }

    private void gauges() {
        lost().increment(0);
        Gauge.builder("backout.journal.readable", this, it -> it.readable ? 1 : 0)
                .description("1 when the journal could be read for this answer")
                .register(registry);
        Gauge.builder("backout.runs.open", this, it -> it.open)
                .description("Runs that are not over")
                .register(registry);
        for (String what : List.of("confirmation", "approval", "answer")) {
            Gauge.builder("backout.runs.waiting", this, it -> it.waiting.getOrDefault(what, 0))
                    .tag("for", what)
                    .description("Open runs that wait for people")
                    .register(registry);
        }
    }

    private void gauge(TargetName target) {
        Gauge.builder(
                        "backout.target.locked",
                        this,
                        it -> it.locked.getOrDefault(target, false) ? 1 : 0)
                .tag("target", target.toString())
                .description("1 while the target must not go forward")
                .register(registry);
    }

    /** Tells besides how far behind this chat is. */
    public void chat(String chat, Posts posts) {
        delivered.put(chat, new Delivered(posts, 0, 0));
        Gauge.builder("backout.delivery.behind", this, it -> it.of(chat).behind())
                .tag("chat", chat)
                .description("Messages that lack something")
                .register(registry);
        Gauge.builder("backout.delivery.lag", this, it -> it.of(chat).lag())
                .tag("chat", chat)
                .baseUnit("seconds")
                .description("Age of the oldest event that a message lacks")
                .register(registry);
    }

    private Delivered of(String chat) {
        Delivered known = delivered.get(chat);
        if (known == null) {
            throw new IllegalArgumentException("nobody named the chat " + chat);
        }
        return known;
    }

    /** The text format of Prometheus, of this moment. */
    public synchronized String scrape() {
        try {
            refresh();
            readable = true;
        } catch (ProblemException e) {
            readable = false;
            log.warn("/metrics tells old figures: {}", e.problem());
        }
        return registry.scrape();
    }

    private void refresh() {
        List<Run> runs = fold.refresh();
        open = runs.size();
        var now = new java.util.HashMap<String, Integer>();
        runs.forEach(run -> waitsFor(run, now));
        waiting.keySet().retainAll(now.keySet());
        waiting.putAll(now);
        delivered.replaceAll((chat, before) -> lag(chat, before.posts()));
        if (!clock.instant().isBefore(locksAt)) {
            locksAt = clock.instant().plus(LOCKS_EVERY);
            locks(sites.get().targets().keySet());
        }
    }

    /** A target that is gone is locked no more; its figure stays until the process ends. */
    private void locks(Set<TargetName> targets) {
        locked.keySet().retainAll(targets);
        targets.forEach(target -> {
            if (locked.put(target, isLocked(target)) == null) {
                gauge(target);
            }
        });
    }

    private static void waitsFor(Run run, Map<String, Integer> waiting) {
        if (run.question().isPresent()) {
            waiting.merge("answer", 1, Integer::sum);
        } else if (run.planned().isPresent() && !run.isConfirmed()) {
            waiting.merge("confirmation", 1, Integer::sum);
        } else if (run.isConfirmed() && !run.hasBegunSwitch()) {
            waiting.merge("approval", 1, Integer::sum);
        }
    }

    private boolean isLocked(TargetName target) {
        return Ledger.of(journal.read(target)).lock().isPresent();
    }

    private Delivered lag(String chat, Posts posts) {
        int behind = 0;
        Instant oldest = clock.instant();
        for (Posts.Post post : posts.open(chat)) {
            var events = journal.read(post.run());
            int sent = post.address().isEmpty() ? 0 : Math.min(post.shown(), post.told());
            if (sent < events.size()) {
                behind++;
                Instant at = events.get(sent).at();
                oldest = at.isBefore(oldest) ? at : oldest;
            }
        }
        double lag = Duration.between(oldest, clock.instant()).toMillis() / 1000.0;
        return new Delivered(posts, behind, lag);
    }

    @Override
    public void finished(String command, String outcome) {
        Counter.builder("backout.runs")
                .description("Runs that are over")
                .tags("command", command, "outcome", outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void step(String action, String leg, boolean done, Duration took) {
        Timer.builder("backout.step")
                .description("How long steps took")
                .tags("action", action, "leg", leg, "result", done ? "done" : "failed")
                .serviceLevelObjectives(SWITCHES)
                .register(registry)
                .record(took);
    }

    @Override
    public void phase(String phase, Duration took) {
        Timer.builder("backout.phase")
                .description("How long phases of runs took, the time of people with it")
                .tags("phase", phase)
                .register(registry)
                .record(took);
    }

    @Override
    public void downtime(String command, Duration took) {
        Timer.builder("backout.downtime")
                .description("How long services did not answer in the switch")
                .tags("command", command)
                .serviceLevelObjectives(SWITCHES)
                .register(registry)
                .record(took);
    }

    @Override
    public void checked(String moment, String verdict) {
        Counter.builder("backout.checks")
                .description("Checks that were read")
                .tags("moment", moment, "verdict", verdict)
                .register(registry)
                .increment();
    }

    @Override
    public void appended(Duration took, boolean written) {
        Timer.builder("backout.journal.append")
                .description("How long appends to the journal took, to the disk")
                .tags("result", written ? "written" : "not-written")
                .serviceLevelObjectives(APPENDS)
                .register(registry)
                .record(took);
    }

    private Counter lost() {
        return Counter.builder("backout.leases.lost")
                .description("Leases that another process took over")
                .register(registry);
    }

    @Override
    public void leaseLost() {
        lost().increment();
    }

    @Override
    public void delivered(String chat, String call, Delivery result) {
        Counter.builder("backout.deliveries")
                .description("Calls to chats")
                .tags("chat", chat, "call", call)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void close() {
        registry.close();
    }
}
