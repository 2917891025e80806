package backout.chat.console.web;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Move;
import backout.run.Outage;
import backout.run.Present;
import backout.run.Proof;
import backout.run.Receipt;
import backout.run.RunEvent.Moment;
import backout.run.Running;
import backout.run.Script;
import backout.run.Scripted;
import backout.run.Task;
import backout.run.Work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service that a test rolls back; it may be held at any step, to be looked at meanwhile. */
final class StagedService implements Scripted {
    static final String BAD = "sha256:9d3e5a7c11aa77bb";
    static final String GOOD = "sha256:0f1e2d3c4b5a6978";

    private final InstantSource clock;
    private final Map<String, String> places = new ConcurrentHashMap<>();
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private volatile Finding after = Finding.WELL;
    private volatile String logLine = "Error: cannot connect to the database";

    StagedService(InstantSource clock) {
        this.clock = clock;
        places.put("compose.file", BAD);
        places.put("compose.up", BAD);
    }

    /** What the checks find once the good release is there. */
    void after(Finding finding) {
        after = finding;
    }

    /** The bad release runs again. */
    void again() {
        places.replaceAll((_, _) -> BAD);
        prepared.clear();
    }

    void logs(String line) {
        logLine = line;
    }

    /** Stops before this action, or before the {@code plan}, until {@link #release}. */
    void hold(String action) {
        held.put(action, new CountDownLatch(1));
    }

    void release(String action) {
        Optional.ofNullable(held.remove(action)).ifPresent(CountDownLatch::countDown);
    }

    private void pass(String action) {
        CountDownLatch latch = held.get(action);
        try {
            if (latch != null && !latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody released " + action);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
        pass("plan");
        return new Plan(
                target.name(),
                wanted.command().name(),
                new Plan.Shown("sha256:9d3e5a7c11aa", "1.1.182", Phrase.of("12 min")),
                new Plan.Shown("sha256:0f1e2d3c4b5a", "1.1.174", Phrase.of("6 d")),
                Phrase.of("the last one whose checks held, ran 6 d"),
                List.of(
                        step(
                                target,
                                "compose.pull",
                                Phase.PREPARE,
                                Phrase.of("pull weishaw/relay:v1.1.174")),
                        step(
                                target,
                                "compose.backup",
                                Phase.PREPARE,
                                Phrase.of("back up files and data")),
                        step(
                                target,
                                "compose.file",
                                Phase.SWITCH,
                                Phrase.of("write the image into docker-compose.yml")),
                        step(
                                target,
                                "compose.up",
                                Phase.SWITCH,
                                Phrase.of("replace the container"))),
                List.of(3, 2),
                List.of(
                        "container [STATE] == running within 60s",
                        "GET http://localhost:3000/health [BODY].status == healthy within 60s"),
                List.of(
                        new Plan.Fact(
                                Phrase.of("expected downtime"),
                                Phrase.of("about 1 s + up to 3 s drain")),
                        new Plan.Fact(
                                Phrase.of("data"),
                                Phrase.of("kept as it is, backed up first (43 MB)"))),
                Phrases.of("docker-compose.yml has changes that git does not know: they are kept"),
                Phrases.of("what the service wrote into its database meanwhile"));
    }

    private static Step step(Target target, String action, Phase phase, Phrase says) {
        return new Step(action, target.name(), phase, BAD, GOOD, Map.of(), says);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return List.of();
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "compose.pull", new Prepare(),
                "compose.backup", new Prepare(),
                "compose.file", new Switch(),
                "compose.up", new Switch());
    }

    @Override
    public Proof proof(Target target) {
        return new Proof() {
            @Override
            public Evidence check(
                    Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
                boolean switched = places.values().stream().allMatch(GOOD::equals);
                return evidence(switched ? after : Finding.UNWELL);
            }

            @Override
            public Evidence standing(List<String> checks, Deadline by) {
                return evidence(after);
            }

            @Override
            public Pulse watch(Plan plan) {
                return new Pulse() {
                    @Override
                    public Optional<Outage> seen() {
                        return Optional.of(
                                new Outage(
                                        Outage.Before.UNWELL,
                                        Duration.ofMillis(1420),
                                        Duration.ZERO));
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    private Evidence evidence(Finding finding) {
        boolean well = finding == Finding.WELL;
        return new Evidence(
                finding,
                List.of(
                        row(
                                "container [STATE]",
                                well ? Phrase.of("running") : Phrase.of("restarting"),
                                finding,
                                true),
                        row(
                                "GET http://localhost:3000/health [BODY].status",
                                well ? Phrase.of("healthy") : Phrase.of("connection refused"),
                                finding,
                                true),
                        row(
                                "should: container [MEMORY]",
                                Phrase.of("212MB"),
                                Finding.UNWELL,
                                false)),
                well ? 0 : 2,
                Phrases.of("2026-03-01T02:14:09Z starting", logLine),
                Duration.ZERO);
    }

    private static Evidence.Row row(String check, Phrase seen, Finding finding, boolean must) {
        return new Evidence.Row(check, seen, Phrase.NONE, finding, must, "");
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        return Optional.empty();
    }

    /** A ledger as a target has it after a while. */
    List<TargetEvent> past() {
        Instant now = clock.instant();
        return List.of(
                seen(now.minus(Duration.ofDays(30)), "sha256:77aa77aa77aa", "1.1.160"),
                new TargetEvent.MarkedBad(
                        now.minus(Duration.ofDays(29)),
                        "sha256:77aa77aa77aa",
                        Phrase.of("leaks memory"),
                        "li"),
                seen(now.minus(Duration.ofDays(9)), GOOD, "1.1.174"),
                new TargetEvent.FoundGood(now.minus(Duration.ofDays(8)), GOOD, "1.1.174"),
                seen(now.minus(Duration.ofMinutes(12)), BAD, "1.1.182"));
    }

    private static TargetEvent seen(Instant at, String id, String version) {
        return new TargetEvent.Seen(at, id, "weishaw/relay:v" + version, "v" + version, version);
    }

    private final class Prepare implements Task {
        @Override
        public Duration within(Step step) {
            return Duration.ofMinutes(2);
        }

        @Override
        public boolean done(Step step, Optional<Receipt> receipt) {
            return prepared.contains(step.action());
        }

        @Override
        public Phrase perform(Step step, Work work) {
            pass(step.action());
            prepared.add(step.action());
            return step.action().equals("compose.pull")
                    ? Phrase.of("it is there already")
                    : Phrase.of("43 MB");
        }

        @Override
        public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
            prepared.remove(step.action());
        }
    }

    private final class Switch implements Move {
        @Override
        public Duration within(Step step) {
            return Duration.ofMinutes(2);
        }

        @Override
        public Present present(Step step, Work work) {
            return new Present.At(Optional.ofNullable(places.get(step.action())).orElseThrow());
        }

        @Override
        public Phrase move(Step step, Work work) {
            pass(step.action());
            places.put(step.action(), GOOD);
            return Phrase.NONE;
        }

        @Override
        public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
            places.put(step.action(), BAD);
            return Phrase.NONE;
        }

        @Override
        public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
            return Phrase.NONE;
        }

        @Override
        public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
            return List.of(Phrase.of("put {0} back", step.action()));
        }

        @Override
        public Script script(Step step) {
            return Script.NOTHING;
        }
    }
}
