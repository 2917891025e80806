package backout;

import backout.archive.Artifacts;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.command.Site;
import backout.config.BotConfig;
import backout.config.SiteLoader;
import backout.demo.Demo;
import backout.frontdesk.Acks;
import backout.frontdesk.ConsoleLinks;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Origin;
import backout.frontdesk.Reply;
import backout.host.HostHands;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.http.TargetCalls;
import backout.language.Phrase;
import backout.operations.EventLog;
import backout.operations.Tidying;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.report.Posts;
import backout.run.Executor;
import backout.run.Executors;
import backout.run.Journal;
import backout.run.Leases;
import backout.run.LiveProgress;
import backout.run.Loop;
import backout.run.Observers;
import backout.run.Outbox;
import backout.run.RunId;
import backout.run.Runner;
import backout.store.sql.SqlStore;
import backout.watch.Leader;
import backout.watch.LedgerWatch;
import backout.watch.Resumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every object of the bot, made in reading order. */
public final class App implements Demo.OnSite {
    /** How long the end waits for whoever reads the journal just now. */
    public static final Duration STILL_WITHIN = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(App.class);

    /** One kind of targets: what they and their commands may have, and who rolls them back. */
    public record Kind(TargetKind declares, Function<Workplace, Executor> executor) {
        String name() {
            return declares.name();
        }
    }

    /** What executors are made of. */
    public record Means(
            BotConfig bot,
            Hosts hosts,
            InstantSource clock,
            LongSupplier nanos,
            Origin origin,
            ConsoleLinks links) {
        /** One executor of each kind. */
        public Executors executors(List<Kind> kinds) {
            var place = new Workplace(hosts, bot.docker(), bot.store(), clock, nanos);
            var executors = new LinkedHashMap<String, Executor>();
            kinds.forEach(kind -> executors.put(kind.name(), kind.executor().apply(place)));
            var calls = new TargetCalls(place.secrets());
            return new Executors(executors, clock, Thread::sleep, new HostHands(hosts), calls);
        }
    }

    private final InstantSource clock;
    private final Path folder;
    private final SqlStore store;
    private final Hosts hosts;
    private final Observers observers = new Observers();
    private final Journal journal;
    private volatile Site site;
    private final Executors executors;
    private final Runner runner;
    private volatile FrontDesk desk;
    private final Resumer resumer;
    private final LedgerWatch watch;
    private Duration grace = Duration.ofSeconds(10);
    private boolean leftOpen;

    /**
     * Opens the store; nothing goes on yet.
     *
     * @param journaled is put before the store's journal
     * @param warn is given what people should know who have not asked
     */
    public App(
            SiteLoader.Loaded loaded,
            List<Kind> kinds,
            Means means,
            UnaryOperator<Journal> journaled,
            Consumer<Phrase> warn) {
        clock = means.clock();
        LongSupplier nanos = means.nanos();
        site = loaded.site();
        hosts = means.hosts();
        executors = means.executors(kinds);
        folder = loaded.bot().store();
        store = SqlStore.open(loaded.bot().store(), SqlStore.sinceBoot(nanos), observers);
        observers.add(new EventLog(store.journal()));
        journal = journaled.apply(store.journal());
        Leases leases = store.leases();
        runner = new Runner(this::site, executors, journal, leases, clock, nanos);
        var random = new SecureRandom();
        Supplier<RunId> ids = () -> RunId.random(random);
        desk =
                new FrontDesk(
                        site,
                        journal,
                        runner,
                        clock,
                        ids,
                        target -> leases.isTaken(target.toString()),
                        means.origin(),
                        means.links());
        resumer = new Resumer(journal, runner::drive, runner::page, new Leader(leases), clock);
        watch = new LedgerWatch(this::site, executors, runner, journal, clock, nanos, ids, warn);
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    /** Who is told what becomes of the journal, of leases and of calls to chats. */
    public Observers observers() {
        return observers;
    }

    /** Where the journal is, and all that is kept beside it. */
    public Path folder() {
        return folder;
    }

    public Leases leases() {
        return store.leases();
    }

    public Tidying tidying(BotConfig.Retention limits) {
        return new Tidying(
                this::site,
                this::executor,
                journal,
                store.leases(),
                new Artifacts(folder.resolve("artifacts"), folder.resolve("key.txt")),
                store::forgetMessages,
                new Tidying.Limits(limits.artifacts(), limits.messages()),
                clock);
    }

    public Outbox outbox() {
        return store.outbox();
    }

    public Posts posts() {
        return store.posts();
    }

    public FrontDesk desk() {
        return desk;
    }

    public Runner runner() {
        return runner;
    }

    public Resumer resumer() {
        return resumer;
    }

    public LedgerWatch watch() {
        return watch;
    }

    /**
     * Goes on with another site, as a whole and at once: what is being done goes on by the one that
     * it began with, and runs that were begun here keep the targets and policies that they have.
     *
     * @throws ProblemException when a target lives on a machine that was not known at the start;
     *     nothing is changed then
     */
    public void become(Site other) {
        other.targets().values().forEach(target -> target.mustLiveOn(hosts.names()));
        synchronized (this) {
            desk = desk.of(other);
            site = other;
        }
        watch.follow();
    }

    /** Every thread that must come round while it serves. */
    public List<Loop> loops() {
        return Stream.concat(resumer.loops().stream(), watch.loops().stream()).toList();
    }

    public Executor executor(Target target) {
        return executors.of(target);
    }

    public Acks acks() {
        return store.acks();
    }

    /** Takes what somebody says and drives the run that it is about. */
    @Override
    public Reply take(ChatRequest request) {
        if (request instanceof ChatRequest.Pressed pressed
                && pressed.press().action().equals(Acks.PRESS)) {
            return acks().take(pressed, site.person(pressed.person()), clock.instant());
        }
        Reply reply = desk.take(request);
        switch (reply) {
            case Reply.OfRun(RunId id, Phrase _) -> resumer.drive(id);
            case Reply.OfTarget(TargetName target, Message _) -> watch.lookSoon(target);
            case Reply.Told _, Reply.Later _, Reply.Ask _ -> {}
        }
        return reply;
    }

    /** Notes what runs, for the next rollback; what cannot be looked at is left out. */
    public void sight(TargetName name) {
        try {
            site.target(name).ifPresent(runner::sight);
        } catch (ProblemException e) {
            log.info("{} could not be looked at: {}", name, e.problem());
        }
    }

    @Override
    public Optional<LiveProgress.Word> word(RunId id) {
        return runner.live().of(id);
    }

    @Override
    public Optional<Phrase> halted(RunId id) {
        return resumer.halted(id);
    }

    @Override
    public void look(TargetName name) {
        site.target(name).ifPresent(watch::look);
    }

    /** How long {@link #close} lets runs that are at work go on; ten seconds unless told. */
    public void closeWithin(Duration grace) {
        this.grace = grace;
    }

    /** Somebody reads the journal still: it is left to the end of the process. */
    public void leaveOpen() {
        leftOpen = true;
    }

    /** A run that is still at work when the time is over goes on from the journal. */
    @Override
    public void close() {
        boolean nobodyLooks = watch.stop(STILL_WITHIN);
        if (resumer.stop(grace) && nobodyLooks && !leftOpen) {
            store.close();
        }
        hosts.close();
    }
}
