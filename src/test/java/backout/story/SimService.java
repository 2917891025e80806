package backout.story;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Move;
import backout.run.Outage;
import backout.run.Pause;
import backout.run.Present;
import backout.run.Proof;
import backout.run.Receipt;
import backout.run.RunEvent.Moment;
import backout.run.Running;
import backout.run.Script;
import backout.run.Scripted;
import backout.run.Work;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A service of one release that several processes of the bot can see and move. */
public final class SimService implements Scripted {
    public static final String BAD = "image-bad";
    public static final String GOOD = "image-good";

    /** The one action that it has. */
    public static final String MOVE = "sim.box";

    private final Map<String, Finding> health = new ConcurrentHashMap<>();
    private final AtomicInteger moves = new AtomicInteger();
    private volatile String runs = BAD;
    private volatile String remark = "";
    private volatile String refusal = "";
    private volatile String silence = "";
    private volatile boolean late;
    private volatile Runnable meanwhile = () -> {};
    private volatile Duration takes = Duration.ZERO;
    private volatile Pause passing = _ -> {};
    private volatile String good = GOOD;
    private volatile @Nullable Supplier<Optional<Running>> sighting;

    /** The bad release is unwell, the good one well, until a test says something else. */
    public SimService() {
        health.put(BAD, Finding.UNWELL);
        health.put(GOOD, Finding.WELL);
    }

    public SimService health(String release, Finding finding) {
        health.put(release, finding);
        return this;
    }

    /** From now on this should hold and does not; nothing where it is empty. */
    public SimService remarked(String check) {
        remark = check;
        return this;
    }

    /** From now on a move takes so long, which passes in this way. */
    public SimService takes(Duration time, Pause passes) {
        takes = time;
        passing = passes;
        return this;
    }

    public SimService refusesPlans(String why) {
        refusal = why;
        return this;
    }

    /** From now on a look at what a plan stands on takes too long. */
    public SimService looksTooLong() {
        late = true;
        return this;
    }

    /**
     * The tag of the good release is moved to another image, which is as well as the one before.
     */
    public void moveTag(String image) {
        health.put(image, Finding.WELL);
        good = image;
    }

    public void deploy(String release) {
        runs = release;
    }

    /** The same between the next look at what runs and the reading of its checks. */
    public void deployWhileLooked(String release) {
        meanwhile = () -> runs = release;
    }

    /** From now on this is what a sighting tells; null: nothing runs. */
    public void shows(TargetEvent.@Nullable Seen seen) {
        sighting =
                () ->
                        Optional.ofNullable(seen)
                                .map(now ->
                                        new Running(
                                                now.id(), now.source(), now.tag(), now.version()));
    }

    boolean isWell() {
        return health.get(runs) == Finding.WELL;
    }

    /** From now on its checks cannot be read, for this reason. */
    public SimService unreadable(String why) {
        silence = why;
        return this;
    }

    public String runs() {
        return runs;
    }

    public int moves() {
        return moves.get();
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
        if (late) {
            Problem problem = Problem.of(Phrase.of("a look took too long"), Phrase.of("ask again"));
            throw ProblemException.late(List.of(problem));
        }
        if (!refusal.isEmpty()) {
            throw Problem.stop(Phrase.verbatim(refusal), Phrase.of("start the engine"));
        }
        boolean forward = wanted.has("release");
        String from = forward ? good : BAD;
        String to = forward ? BAD : good;
        var step =
                new Step(
                        MOVE,
                        target.name(),
                        Phase.SWITCH,
                        from,
                        to,
                        Map.of(),
                        Phrase.of("swap the box"));
        return new Plan(
                target.name(),
                wanted.command().name(),
                new Plan.Shown(from, forward ? "1.0" : "2.0", Phrase.of("3 min")),
                new Plan.Shown(to, forward ? "2.0" : "1.0", Phrase.of("6 d")),
                Phrase.of("the last one whose checks held"),
                List.of(step),
                List.of(0),
                List.of("container [STATE] == running"),
                List.of(new Plan.Fact(Phrase.of("expected downtime"), Phrase.of("about 1 s"))),
                List.of(),
                List.of());
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        if (!runs.equals(plan.from().identity())) {
            return List.of(Phrase.of("now {0} runs", runs));
        }
        String planned = plan.to().identity();
        return good.equals(planned) || BAD.equals(planned)
                ? List.of()
                : List.of(Phrase.of("1.0 was {0} and is {1} now", planned, good));
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(MOVE, new Box());
    }

    @Override
    public Proof proof(Target target) {
        return new Proof() {
            @Override
            public Evidence check(
                    Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
                return look();
            }

            @Override
            public Evidence standing(List<String> checks, Deadline by) {
                if (!silence.isEmpty()) {
                    throw Problem.stop(Phrase.verbatim(silence), Phrase.of("start the engine"));
                }
                meanwhile.run();
                meanwhile = () -> {};
                return look();
            }

            @Override
            public Pulse watch(Plan plan) {
                return new Pulse() {
                    @Override
                    public Optional<Outage> seen() {
                        return Optional.of(
                                new Outage(
                                        Outage.Before.UNWELL,
                                        Duration.ofMillis(420),
                                        Duration.ZERO));
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    private Evidence look() {
        Finding finding = Optional.ofNullable(health.get(runs)).orElse(Finding.UNKNOWN);
        int ranks =
                switch (finding) {
                    case WELL -> 0;
                    case UNWELL -> 1;
                    case UNKNOWN -> -1;
                };
        Phrase seen = finding == Finding.WELL ? Phrase.of("running") : Phrase.of("restarting");
        var row =
                new Evidence.Row(
                        "container [STATE]", seen, Phrase.of("running"), finding, true, "");
        var should =
                new Evidence.Row(
                        remark,
                        Phrase.verbatim("2.00 s"),
                        Phrase.verbatim("300 ms"),
                        Finding.UNWELL,
                        false,
                        "");
        return new Evidence(
                finding,
                remark.isEmpty() ? List.of(row) : List.of(row, should),
                ranks,
                List.of(Phrase.verbatim("boot \u001b[31mred")),
                Duration.ZERO);
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        var told = sighting;
        return told == null
                ? Optional.of(new Running(runs, "relay:" + runs, runs, ""))
                : told.get();
    }

    @Override
    public Optional<String> keep(Target target) {
        return Optional.of("files-of-" + runs);
    }

    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    /** Whoever follows it is told that something happened. */
    void changed() {
        followers.forEach(Runnable::run);
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        followers.add(changed);
        return () -> followers.remove(changed);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ZERO;
    }

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private volatile String lost = "";

    /** The releases that were kept from being pruned. */
    public List<String> kept() {
        return List.copyOf(kept);
    }

    /** From now on no release can be had any more, for this reason. */
    public void lose(String why) {
        lost = why;
    }

    @Override
    public void protect(Target target, TargetEvent.Seen running) {
        kept.add(running.id());
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        return lost.isEmpty() ? Optional.empty() : Optional.of(Phrase.verbatim(lost));
    }

    private final class Box implements Move {
        @Override
        public Duration within(Step step) {
            return takes.plusMinutes(1);
        }

        @Override
        public Present present(Step step, Work work) {
            return new Present.At(runs);
        }

        @Override
        public Phrase move(Step step, Work work) {
            passing.waitFor(takes);
            moves.incrementAndGet();
            runs = step.to();
            return Phrase.of("swapped");
        }

        @Override
        public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
            moves.incrementAndGet();
            runs = step.from();
            return Phrase.of("swapped back");
        }

        @Override
        public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
            return Phrase.NONE;
        }

        @Override
        public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
            return List.of(Phrase.of("swap-box {0}", step.from()));
        }

        @Override
        public Script script(Step step) {
            return new Script(
                    List.of(),
                    List.of("echo swap-box " + step.to()),
                    List.of("echo swap-box " + step.from()));
        }
    }

    static TargetName name() {
        return new TargetName("sim", "relay");
    }
}
