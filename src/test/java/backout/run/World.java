package backout.run;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Evidence.Finding;
import backout.run.RunEvent.Moment;
import backout.run.Scenario.Change;
import backout.run.Scenario.Wreck;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A world with two places, a file and a box, that survives the processes working on it. Each of its
 * doings calls {@code boundary} before and after, where a test lets the process die or stall.
 */
final class World implements Scripted {
    static final TargetName NAME = new TargetName("sim", "relay");

    /** Only of the runs that are about two. */
    static final TargetName SECOND = new TargetName("sim", "web");

    private final Scenario scenario;
    private final Consumer<String> boundary;
    final Map<String, String> places = new TreeMap<>(Map.of("sim.file", "bad", "sim.box", "bad"));
    final Set<String> prepared = new TreeSet<>();

    /** How often each way was gone, from arriving to arriving. */
    final Map<String, Integer> arrivals = new LinkedHashMap<>();

    /** What people do while a preparation is cleaned up. */
    Runnable meanwhile = () -> {};

    /** To which target alone happens what the scenario says of failing; null: to each. */
    @Nullable TargetName only;

    /** How many watches of the service are under way. */
    int watching;

    /** Whether what only the way back needs can be given up. */
    boolean forgets = true;

    /** Whether the places can be seen and reached. */
    boolean answers = true;

    /** For how many looks more there is no line to the places. */
    int dark;

    private String edition = "0";

    World(Scenario scenario, Consumer<String> boundary) {
        this.scenario = scenario;
        this.boundary = boundary;
    }

    /** The world has a second target, which is as the first one. */
    World withSecond() {
        places.put(place("sim.file", SECOND), "bad");
        places.put(place("sim.box", SECOND), "bad");
        return this;
    }

    private static String place(String action, TargetName target) {
        return target.equals(NAME) ? action : action + " of " + target.name();
    }

    private static String place(Step step) {
        return place(step.action(), step.target());
    }

    private List<String> places(TargetName target) {
        return Stream.of("sim.file", "sim.box")
                .map(action -> Optional.ofNullable(places.get(place(action, target))).orElseThrow())
                .toList();
    }

    private boolean isMeant(TargetName target) {
        return only == null || target.equals(only);
    }

    static Site site(Scenario scenario) {
        var command =
                new CommandSpec(
                        "sim",
                        "",
                        Grammar.of("[TARGET]"),
                        "rollback",
                        "sim",
                        1,
                        List.of(),
                        List.of(),
                        List.of());
        Duration soak = scenario.soak() == null ? Duration.ZERO : Duration.ofSeconds(25);
        var targets = new LinkedHashMap<TargetName, Target>();
        for (TargetName name : List.of(NAME, SECOND)) {
            targets.put(
                    name,
                    new Target(
                            name,
                            "local",
                            "two",
                            Duration.ofMinutes(5),
                            soak,
                            List.of(),
                            new Settings(Map.of())));
        }
        Duration minutes = Duration.ofMinutes(10);
        return new Site(
                List.of(command),
                targets,
                Map.of(
                        "anna",
                        new Person("anna", 1, Map.of()),
                        "ben",
                        new Person("ben", 2, Map.of())),
                Map.of("two", new Policy("two", 1, 1, minutes, minutes, minutes, false)));
    }

    /** Somebody edits what a plan stands on. */
    void edit() {
        edition = "1";
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
        requireTime(by);
        if (scenario.change() == Change.NO_PLAN && edition.equals("1")) {
            throw problem(Phrase.of("there is no way back any more"));
        }
        return new Plan(
                target.name(),
                "sim",
                new Plan.Shown("bad", "2.0", Phrase.NONE),
                new Plan.Shown("good", "1.0", Phrase.NONE),
                Phrase.of("the last good one"),
                List.of(
                        step("sim.pull", target.name(), Phase.PREPARE),
                        step("sim.backup", target.name(), Phase.PREPARE),
                        step("sim.file", target.name(), Phase.SWITCH),
                        step("sim.box", target.name(), Phase.SWITCH)),
                List.of(3, 2),
                List.of("container [STATE] == running"),
                List.of(),
                List.of(),
                List.of());
    }

    private Step step(String action, TargetName target, Phase phase) {
        var with = Map.of("edition", edition);
        return new Step(action, target, phase, "bad", "good", with, Phrase.verbatim(action));
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        requireTime(by);
        if (!plan.steps().getFirst().need("edition").equals(edition)) {
            return Phrases.of("the files were edited");
        }
        return places(target.name()).stream().allMatch("bad"::equals)
                ? List.of()
                : Phrases.of("somebody moved it");
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "sim.pull", new SimTask(),
                "sim.backup", new SimTask(),
                "sim.file", new SimMove(),
                "sim.box", new SimMove());
    }

    @Override
    public Proof proof(Target target) {
        return new Proof() {
            @Override
            public Evidence check(
                    Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
                boundary.accept("check");
                Finding after = isMeant(target.name()) ? scenario.after() : Finding.WELL;
                return switch (String.join(",", places(target.name()))) {
                    case "bad,bad" ->
                            evidence(
                                    scenario.worse() ? Finding.WELL : Finding.UNWELL,
                                    scenario.worse() ? 0 : 2);
                    case "good,good" -> {
                        Finding soak = isMeant(target.name()) ? scenario.soak() : null;
                        Finding finding = moment == Moment.SOAK && soak != null ? soak : after;
                        yield evidence(finding, finding == Finding.WELL ? 0 : 2);
                    }
                    default ->
                            places(target.name()).contains("gone")
                                    ? evidence(Finding.UNWELL, 9)
                                    : evidence(after, 2);
                };
            }

            @Override
            public Evidence standing(List<String> checks, Deadline by) {
                return evidence(scenario.after(), 2);
            }

            @Override
            public Pulse watch(Plan plan) {
                watching++;
                return new Pulse() {
                    private boolean ended;

                    @Override
                    public Optional<Outage> seen() {
                        return Optional.of(
                                new Outage(
                                        Outage.Before.WELL, Duration.ofSeconds(1), Duration.ZERO));
                    }

                    @Override
                    public void close() {
                        watching -= ended ? 0 : 1;
                        ended = true;
                    }
                };
            }
        };
    }

    private static Evidence evidence(Finding finding, int ranks) {
        int known = finding == Finding.UNKNOWN ? -1 : finding == Finding.WELL ? 0 : ranks;
        var row =
                new Evidence.Row(
                        "well",
                        Phrase.verbatim(finding.name()),
                        Phrase.of("WELL"),
                        finding,
                        true,
                        "");
        return new Evidence(finding, List.of(row), known, List.of(), Duration.ZERO);
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        return Optional.empty();
    }

    private static ProblemException problem(Phrase what) {
        return Problem.stop(what, Phrase.of("do it by hand"));
    }

    private static void requireTime(Deadline by) {
        if (by.passed()) {
            throw problem(Phrase.of("cut off"));
        }
    }

    private boolean isDark() {
        return dark > 0 && dark-- > 0;
    }

    /** There is no line to the places, for so many looks. */
    ProblemException cut(int looks) {
        dark = looks;
        return ProblemException.unseen(
                Problem.of(Phrase.of("the line is cut"), Phrase.of("look at the places")));
    }

    private void requireAnswer() {
        if (isDark()) {
            throw cut(dark);
        }
        if (!answers) {
            throw problem(Phrase.of("nothing answers"));
        }
    }

    /**
     * The work is cut off at its deadline: a process that stalled through it does nothing any more.
     */
    private void act(String where, Work work, Runnable doing) {
        boundary.accept("before " + where);
        requireTime(work.by());
        requireAnswer();
        doing.run();
        boundary.accept("after " + where);
    }

    private final class SimTask implements Task {
        @Override
        public Duration within(Step step) {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean done(Step step, Optional<Receipt> receipt) {
            return prepared.contains(made(step));
        }

        private static String made(Step step) {
            return place(step) + " of edition " + step.need("edition");
        }

        @Override
        public Phrase perform(Step step, Work work) {
            if (isMeant(step.target()) && scenario.failing().equals(step.action())) {
                throw problem(Phrase.of("{0} fails", step.action()));
            }
            work.progress(Phrase.of("{0} is at it", step.action()), OptionalInt.empty());
            act(step.action(), work, () -> prepared.add(made(step)));
            return Phrase.NONE;
        }

        @Override
        public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
            meanwhile.run();
            act("clean " + step.action(), work, () -> prepared.remove(made(step)));
        }
    }

    private final class SimMove implements Move {
        @Override
        public Duration within(Step step) {
            return Duration.ofMinutes(1);
        }

        @Override
        public Present present(Step step, Work work) {
            if (isDark()) {
                return Present.Unknown.of(cut(dark));
            }
            String there = answers ? there(step) : "unknown";
            return switch (there) {
                case "between" -> new Present.Between(Phrase.of("half way"));
                case "gone" -> new Present.Gone(Phrase.of("nothing there"));
                case "unknown" ->
                        new Present.Unknown(
                                Problem.of(Phrase.of("nothing answers"), Phrase.of("ask again")),
                                false);
                default -> new Present.At(there);
            };
        }

        private String there(Step step) {
            return Optional.ofNullable(places.get(place(step))).orElseThrow();
        }

        @Override
        public Phrase move(Step step, Work work) {
            work.keep(new Receipt(Map.of("former", there(step).equals("bad") ? "bad" : "kept")));
            if (isMeant(step.target()) && scenario.failing().equals(step.action())) {
                wreck(step, work);
                throw problem(Phrase.of("{0} fails", step.action()));
            }
            go(step, "good", work);
            return Phrase.of("moved");
        }

        private void wreck(Step step, Work work) {
            if (scenario.wreck() != Wreck.UNTOUCHED) {
                String left = scenario.wreck() == Wreck.BETWEEN ? "between" : "gone";
                act("wreck " + place(step), work, () -> places.put(place(step), left));
            }
        }

        @Override
        public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
            if (receipt.isEmpty() && there(step).equals("bad")) {
                return NOTHING_TO_TAKE_BACK;
            }
            requireKept(receipt);
            if (isMeant(step.target()) && scenario.undoFailing().equals(step.action())) {
                throw problem(Phrase.of("the way back of {0} fails", step.action()));
            }
            go(step, "bad", work);
            return Phrase.of("back again");
        }

        /** A move keeps its receipt before it touches anything: whoever comes next has it. */
        private static void requireKept(Optional<Receipt> receipt) {
            if (receipt.flatMap(kept -> kept.value("former")).isEmpty()) {
                throw new AssertionError("the receipt of the move is lost");
            }
        }

        private void go(Step step, String to, Work work) {
            if (there(step).equals(to)) {
                return;
            }
            act("half " + place(step), work, () -> places.put(place(step), "between"));
            act(
                    step.action(),
                    work,
                    () -> {
                        if (!there(step).equals(to)) {
                            places.put(place(step), to);
                            arrivals.merge(place(step) + " to " + to, 1, Integer::sum);
                        }
                    });
        }

        @Override
        public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
            requireKept(receipt);
            if (!forgets) {
                throw problem(Phrase.of("the kept box stays"));
            }
            return Phrase.of("nothing was kept");
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
