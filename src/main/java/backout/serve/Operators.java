package backout.serve;

import backout.App;
import backout.config.BotConfig;
import backout.language.Phrase;
import backout.operations.Lookout;
import backout.operations.Metrics;
import backout.operations.OperatorServlet;
import backout.operations.StoreLook;
import backout.operations.Tidying;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.Problem;
import backout.report.Room;
import backout.run.Condition;
import backout.run.Loop;

import jakarta.servlet.http.HttpServlet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What those who operate a serving bot see of it: alive, ready, figures. */
public final class Operators implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);
    private final App app;
    private final Lookout lookout;
    private final Lookout.Pauses pauses;
    private final Metrics metrics;
    private final Instant began;
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final Set<Target> watched = new LinkedHashSet<>();

    /** Begins to look at what the bot needs. */
    Operators(App app, ProcessContext context) {
        this.app = app;
        this.began = context.clock().instant();
        this.lookout = new Lookout(context.nanos());
        this.pauses = context.pauses();
        this.metrics = new Metrics(app::site, app.journal(), context.clock());
        app.observers().add(metrics);
        lookout.watch(
                "journal", pauses.own(), new StoreLook(app.journal(), app.leases(), app.folder()));
        lookout.watch("open runs", SOON, this::openRuns);
        follow();
    }

    /** Looks at the targets of the site as it is now, and at no other. */
    synchronized void follow() {
        Collection<Target> targets = app.site().targets().values();
        for (Target gone : List.copyOf(watched)) {
            if (!targets.contains(gone)) {
                watched.remove(gone);
                names(gone).forEach(lookout::leave);
            }
        }
        targets.stream().filter(watched::add).forEach(this::watch);
    }

    private static List<String> names(Target target) {
        return List.of("target " + target.name(), "way back of " + target.name());
    }

    private void watch(Target target) {
        lookout.watch(names(target).getFirst(), pauses.own(), () -> reach(target));
        lookout.watch(names(target).getLast(), pauses.own(), () -> wayBack(target));
    }

    /** Looks at something of its own now and then. */
    void watch(String name, Lookout.Look look) {
        lookout.watch(name, pauses.own(), look);
    }

    private String openRuns() {
        if (!app.resumer().hasResumed()) {
            throw new Lookout.NotYet("open runs are not looked for yet");
        }
        var left = app.resumer().notTakenUp();
        if (left.isPresent()) {
            throw Problem.stop(
                    Phrase.verbatim(left.get()),
                    Phrase.of("it is tried again each minute; see the log"));
        }
        return "each is taken up";
    }

    /**
     * From what the watch noted last, which asks registries only now and then. What it noted before
     * this process began is nothing of now.
     */
    private String wayBack(Target target) {
        Ledger ledger = Ledger.of(app.journal().read(target.name()));
        Optional<Condition> seen =
                app.journal().condition(target.name()).filter(it -> !it.at().isBefore(began));
        Optional<Instant> judged = seen.flatMap(Condition::judgedAt);
        boolean noted = ledger.obstacle().isPresent() || back(ledger).isPresent();
        if (noted && judged.filter(at -> !at.isBefore(began)).isEmpty()) {
            throw new Lookout.NotYet(
                    seen.map(it ->
                                    "not ready: the last look could not tell; the service is "
                                            + it.says(it.at()))
                            .orElse(
                                    "not looked at yet since the start: not ready until the first"
                                            + " look, which takes seconds"));
        }
        String says = wayBack(ledger);
        return judged.map(at -> says + ", looked at " + at).orElse(says);
    }

    private static Optional<Release> back(Ledger ledger) {
        return ledger.current().flatMap(running -> ledger.lastGood(running.id()));
    }

    private static String wayBack(Ledger ledger) {
        ledger.obstacle()
                .ifPresent(why -> {
                    throw Problem.stop(
                            Phrase.of("it cannot be rolled back: {0}", why), Phrase.NONE);
                });
        Optional<Release> back = back(ledger);
        back.flatMap(release -> ledger.lost(release.id()))
                .ifPresent(why -> {
                    throw Problem.stop(
                            Phrase.of(
                                    "nothing is left to go back to: of {0} {1}",
                                    back.get().name(), why),
                            Phrase.of("pull or load its image again"));
                });
        return back.map(release -> "would go back to " + release.name())
                .orElse("nothing is proven yet");
    }

    private String reach(Target target) {
        return app.executor(target).reach(target).orElse("there is nothing to ask");
    }

    /** Its own addresses besides that one. */
    Map<String, HttpServlet> besides(String path, HttpServlet servlet) {
        return Map.of(
                path,
                servlet,
                "/healthz",
                OperatorServlet.health(this::loops),
                "/readyz",
                OperatorServlet.ready(lookout),
                "/metrics",
                OperatorServlet.metrics(metrics));
    }

    private List<Loop> loops() {
        return Stream.concat(app.loops().stream(), own().stream()).toList();
    }

    private List<Loop> own() {
        return Stream.concat(lookout.loops().stream(), loops.stream()).toList();
    }

    /** One more thread that must come round. */
    void add(Loop loop) {
        loops.add(loop);
    }

    /**
     * Watches a chat.
     *
     * @param look asks it whether it knows this bot
     */
    void chat(Room room, Lookout.Look look) {
        lookout.watch("chat " + room.chat(), pauses.chats(), look);
        metrics.chat(room.chat(), app.posts());
    }

    /** It need come round no more. */
    void remove(Loop loop) {
        loops.remove(loop);
    }

    /** Watches who is told what happened, besides the chats. */
    void receiver(String name, Lookout.Look look) {
        lookout.watch(receiver(name), pauses.own(), look);
        metrics.chat(name, app.posts());
    }

    /** That receiver is told nothing more. */
    void leave(String name) {
        lookout.leave(receiver(name));
    }

    private static String receiver(String name) {
        return "receiver " + name;
    }

    /** Begins to remove what is kept long enough. */
    Tidying tidy(BotConfig.Retention limits) {
        Tidying tidying = app.tidying(limits);
        add(tidying.start());
        return tidying;
    }

    @Override
    public void close() {
        lookout.close();
        metrics.close();
        if (!Loop.haveEnded(own(), App.STILL_WITHIN)) {
            app.leaveOpen();
        }
    }
}
