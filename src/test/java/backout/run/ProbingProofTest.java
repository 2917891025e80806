package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import backout.check.Field;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Evidence.Finding;
import backout.run.RunEvent.Moment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is looked at follows a script: each look sees the next word, and the last one for ever. */
class ProbingProofTest {
    private static final String STATE = "container [STATE] == running within 2s";
    private static final String HEALTH = "GET http://h/ [STATUS] == 200 within 2s";
    private static final String FAST = "should: GET http://h/ [RESPONSE-TIME] <= baseline";
    private static final String SMALL = "should: container [MEMORY] < 500MB";
    private static final String IMAGE = "container [IMAGE] == good";
    private static final TargetName NAME = new TargetName("sim", "relay");

    private final HandClock clock = new HandClock();
    private final Map<String, String> script = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private boolean hopeless;
    private List<String> unsaid = List.of();
    private String outside = "";
    private String running = "good";
    private int open;

    private final class Scripted implements Probes {
        Scripted() {
            open++;
        }

        @Override
        public Reading look(Subject subject, Duration within) {
            String kind = subject.word();
            int number = looks.merge(kind, 1, Integer::sum);
            String[] words = script.getOrDefault(kind, "").split(" ");
            return reading(words[Math.min(number, words.length) - 1]);
        }

        @Override
        public String running() {
            if (running.isEmpty()) {
                throw Problem.stop(Phrase.of("nothing runs"), Phrase.of("start it"));
            }
            return running;
        }

        @Override
        public List<String> unsaid() {
            return unsaid;
        }

        @Override
        public boolean isHopeless() {
            return hopeless;
        }

        @Override
        public List<Phrase> log() {
            return List.of(Phrase.verbatim("the last line"));
        }

        @Override
        public List<Phrase> outside() {
            return outside.isEmpty() ? List.of() : List.of(Phrase.verbatim(outside));
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static Reading reading(String word) {
        return switch (word) {
            case "gone" -> new Reading.NoAnswer(Phrase.of("connection refused"));
            case "blind" ->
                    new Reading.NotSeen(Problem.of(Phrase.of("no engine"), Phrase.of("start it")));
            case "bug" -> throw new IllegalStateException("a probe never throws");
            case "200", "500" -> answered(Integer.parseInt(word), 100);
            case "slow" -> answered(200, 300);
            case "measured" -> state("running").with(Field.MEMORY, 1_000);
            case "unhealthy", "healthy" -> state("running").with(Field.HEALTH, word);
            case "starting" -> state("running").with(Field.HEALTH, "starting");
            case "bad" -> state("running").with(Field.IMAGE, "bad");
            case "good" -> state("running").with(Field.IMAGE, "good");
            default -> state(word);
        };
    }

    private static Reading.Facts state(String word) {
        return Reading.Facts.none().with(Field.STATE, word);
    }

    private static Reading answered(int status, long millis) {
        return new Reading.Answered(status, "", false, Duration.ofMillis(millis));
    }

    private ProbingProofTest sees(String kind, String words) {
        script.put(kind, words);
        looks.clear();
        return this;
    }

    private Proof proof(String... own) {
        var target =
                new Target(
                        NAME,
                        "local",
                        "two",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(own),
                        new Settings(Map.of("url", URI.create("http://h"))));
        return new ProbingProof(target, (_, _) -> new Scripted(), clock, clock::pass);
    }

    private Deadline in(Duration time) {
        return Deadline.in(time, () -> Duration.between(began, clock.instant()).toNanos());
    }

    private final Instant began = clock.instant();

    private static Plan plan(String... checks) {
        var step =
                new Step("sim.box", NAME, Phase.SWITCH, "bad", "good", Map.of(), Phrase.of("swap"));
        return new Plan(
                NAME,
                "sim",
                new Plan.Shown("bad", "2.0", Phrase.NONE),
                new Plan.Shown("good", "1.0", Phrase.NONE),
                Phrase.of("the last good one"),
                List.of(step),
                List.of(0),
                List.of(checks),
                List.of(),
                List.of(),
                List.of());
    }

    private Evidence check(Moment moment, Optional<Evidence> baseline, String... checks) {
        Evidence evidence =
                proof().check(plan(checks), moment, baseline, in(Duration.ofMinutes(3)));
        assertThat(open).as("probes left open").isZero();
        return evidence;
    }

    private Evidence after(String... checks) {
        return check(Moment.AFTER_SWITCH, Optional.empty(), checks);
    }

    private Evidence before(String... checks) {
        Evidence baseline = check(Moment.BASELINE, Optional.empty(), checks);
        looks.clear();
        return baseline;
    }

    private Duration passed() {
        return Duration.between(began, clock.instant());
    }

    @ParameterizedTest
    @CsvSource({
        "running, WELL, 3",
        "exited running, WELL, 4",
        "running running exited running, WELL, 6",
        "blind running, WELL, 4",
        "gone gone gone running, WELL, 6",
    })
    void three_successes_in_a_row_prove(String words, Finding finding, int times) {
        sees("container", words);
        assertThat(after(STATE).finding()).isEqualTo(finding);
        assertThat(looks).containsEntry("container", times);
    }

    @ParameterizedTest
    @CsvSource({"exited, UNWELL", "gone, UNWELL", "blind, UNKNOWN", "running exited, UNWELL"})
    void what_does_not_hold_has_its_time_and_no_more(String words, Finding finding) {
        sees("container", words);
        assertThat(after(STATE).finding()).isEqualTo(finding);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void what_should_hold_delays_nothing_and_is_told() {
        sees("container", "running").sees("GET", "500");
        Evidence evidence = after(STATE, "should: GET http://h/ [STATUS] == 200 within 30s");
        assertThat(evidence.isWell()).isTrue();
        assertThat(evidence.remarks()).hasSize(1);
        assertThat(looks).containsEntry("container", 3);
    }

    @Test
    void what_is_hopeless_is_not_waited_for() {
        sees("container", "exited");
        hopeless = true;
        assertThat(after(STATE).finding()).isEqualTo(Finding.UNWELL);
        assertThat(looks).containsEntry("container", 1);
    }

    @Test
    void the_deadline_ends_it_before_the_checks_do() {
        sees("container", "exited");
        Evidence evidence =
                proof().check(
                                plan(STATE),
                                Moment.AFTER_SWITCH,
                                Optional.empty(),
                                in(Duration.ofMillis(500)));
        assertThat(evidence.finding()).isEqualTo(Finding.UNWELL);
        assertThat(passed()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_baseline_is_not_waited_for() {
        sees("container", "exited");
        Evidence evidence = before(STATE);
        assertThat(evidence.finding()).isEqualTo(Finding.UNWELL);
        assertThat(passed()).isEqualTo(Duration.ofMillis(100));
        assertThat(evidence.took()).isEqualTo(passed());
        assertThat(evidence.log()).containsExactly(Phrase.verbatim("the last line"));
    }

    @ParameterizedTest
    @CsvSource({"200, 200, WELL", "200, slow, UNWELL", "slow, 200, WELL", "gone, 200, UNKNOWN"})
    void a_limit_may_be_what_was_before(String before, String now, Finding finding) {
        sees("container", "running").sees("GET", before);
        Evidence baseline = before(STATE, FAST);
        sees("GET", now);
        Evidence evidence = check(Moment.AFTER_SWITCH, Optional.of(baseline), STATE, FAST);
        assertThat(evidence.rows().get(1).finding()).isEqualTo(finding);
    }

    @Test
    void checks_of_one_subject_share_a_look() {
        sees("GET", "200");
        after(HEALTH, "GET http://h/ [RESPONSE-TIME] < 1s");
        assertThat(looks).containsEntry("GET", 3);
    }

    /** What was ill before the switch cannot be healed by taking it back. */
    @Test
    void after_an_undo_only_what_was_well_before_is_waited_for() {
        sees("container", "running").sees("GET", "500");
        Evidence baseline = before(STATE, HEALTH);
        Evidence again = check(Moment.AFTER_UNDO, Optional.of(baseline), STATE, HEALTH);
        assertThat(again.finding()).isEqualTo(Finding.UNWELL);
        assertThat(looks).containsEntry("container", 3);
        looks.clear();
        sees("GET", "200");
        Evidence well = before(STATE, HEALTH);
        sees("GET", "500");
        Duration start = passed();
        check(Moment.AFTER_UNDO, Optional.of(well), STATE, HEALTH);
        assertThat(passed().minus(start)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void after_an_undo_a_health_check_that_has_only_begun_is_waited_for() {
        sees("container", "exited");
        Evidence baseline = before(STATE);
        sees("container", "starting starting starting starting running");
        check(Moment.AFTER_UNDO, Optional.of(baseline), STATE);
        assertThat(looks).containsEntry("container", 5);
    }

    @ParameterizedTest
    @CsvSource({"running running running running measured, 5", "measured, 3", "running, 51"})
    void in_a_soak_a_number_is_waited_for_a_moment(String words, int times) {
        sees("container", words);
        check(Moment.SOAK, Optional.empty(), STATE, SMALL);
        assertThat(looks).containsEntry("container", times);
    }

    @ParameterizedTest
    @CsvSource({
        "running, 200, 0",
        "exited, 200, 1",
        "gone, 200, 100",
        "exited, 500, 2",
        "exited, gone, 101",
        "gone, gone, 200",
        "bad, 200, 0",
        "running, blind, -1",
    })
    void the_iller_the_higher(String container, String answer, int ranks) {
        sees("container", container).sees("GET", answer);
        String again = "container [STATE] != exited";
        assertThat(before(STATE, again, HEALTH, IMAGE, SMALL).ranks()).isEqualTo(ranks);
    }

    @Test
    void what_is_missing_outside_is_told_only_where_it_is_not_well() {
        outside = "redis is exited";
        sees("container", "running");
        assertThat(after(STATE).outside()).isEmpty();
        sees("container", "exited");
        assertThat(after(STATE).outside()).containsExactly(Phrase.verbatim("redis is exited"));
    }

    @Test
    void probes_are_closed_although_one_threw() {
        sees("container", "bug");
        assertThatThrownBy(() -> after(STATE)).isInstanceOf(IllegalStateException.class);
        assertThat(open).isZero();
    }

    /** Outside of a run there is nothing to compare with but the limits that are written. */
    @Test
    void what_stands_is_read_with_what_runs_and_the_targets_own_checks() {
        sees("container", "good").sees("GET", "slow");
        Evidence evidence =
                proof().standing(
                                List.of(
                                        "container [IMAGE] == {to}",
                                        "GET {url}/v [BODY].version == {version}",
                                        "should: GET {url}/ [RESPONSE-TIME] < 200ms or baseline"
                                                + " x2"),
                                in(Duration.ofMinutes(1)));
        assertThat(evidence.rows())
                .extracting(Evidence.Row::check)
                .containsExactly(
                        "container [IMAGE] == good", "GET http://h/ [RESPONSE-TIME] < 200ms");
        assertThat(evidence.isWell()).isTrue();
        assertThat(evidence.remarks()).hasSize(1);
    }

    /** Docker's own HEALTHCHECK is seen although no check of the site names it. */
    @ParameterizedTest
    @CsvSource({"unhealthy, UNWELL, 1", "starting, WELL, 0", "healthy, WELL, 0"})
    void what_no_check_says_counts_for_what_stands_and_for_a_baseline(
            String words, Finding finding, int ranks) {
        unsaid = List.of("container [HEALTH] != unhealthy");
        sees("container", words);
        var minute = in(Duration.ofMinutes(1));

        assertThat(before(STATE).health()).isEqualTo(finding);
        assertThat(proof().glance(List.of(STATE), minute).evidence().finding()).isEqualTo(finding);
        Evidence stands = proof().standing(List.of(STATE), minute);
        assertThat(stands.finding()).isEqualTo(finding);
        assertThat(stands.ranks()).isEqualTo(ranks);
        assertThat(stands.rows().getLast().check()).isEqualTo("container [HEALTH] != unhealthy");
        assertThat(stands.rows().getLast().seen()).hasToString(words);
    }

    @Test
    void what_a_check_asks_already_is_not_asked_again() {
        unsaid = List.of("container [HEALTH] != unhealthy");
        sees("container", "unhealthy");
        String should = "should: container [HEALTH] == healthy";
        Evidence stands = proof().standing(List.of(STATE, should), in(Duration.ofMinutes(1)));
        assertThat(stands.rows()).hasSize(2);
        assertThat(stands.isWell()).isTrue();
    }

    /** A share of the processor needs two looks; what name servers answer is known by one. */
    @Test
    void how_it_was_before_is_looked_at_twice_only_where_one_look_does_not_measure_it() {
        script.put("dns", "blind");
        Evidence baseline =
                check(
                        Moment.BASELINE,
                        Optional.empty(),
                        "dns servers [AGREE] == 100%",
                        STATE,
                        HEALTH);

        assertThat(looks).containsEntry("container", 2).containsEntry("GET", 2);
        assertThat(looks).containsEntry("dns", 1);
        assertThat(baseline.rows().getFirst().finding()).isEqualTo(Finding.UNKNOWN);
    }

    /** It is asked while a service is down, above all. */
    @Test
    void where_nobody_can_tell_what_runs_the_rest_is_read_all_the_same() {
        running = "";
        sees("container", "exited").sees("GET", "200");
        Glance glance =
                proof().glance(
                                List.of(
                                        "container [IMAGE] == {to}",
                                        "container [STATE] == running",
                                        "GET {url}/ [STATUS] == 200"),
                                in(Duration.ofMinutes(1)));
        assertThat(glance.evidence().rows())
                .extracting(Evidence.Row::check, Evidence.Row::finding)
                .containsExactly(
                        tuple("container [STATE] == running", Finding.UNWELL),
                        tuple("GET http://h/ [STATUS] == 200", Finding.WELL),
                        tuple("container [IMAGE] == {to}", Finding.UNKNOWN));
        assertThat(glance.evidence().rows().getLast().seen()).hasToString("nothing runs. start it");
        assertThat(glance.took().getFirst()).isPositive();
        assertThat(glance.took().getLast()).isZero();
        assertThat(open).isZero();
    }

    @Test
    void who_cannot_look_says_unknown_and_how_long_it_took() {
        sees("container", "good").sees("GET", "blind");
        Glance glance =
                proof().glance(
                                List.of("container [IMAGE] == {to}", "GET {url}/ [STATUS] == 200"),
                                in(Duration.ofMinutes(1)));
        assertThat(glance.evidence().rows())
                .extracting(Evidence.Row::finding)
                .containsExactly(Finding.WELL, Finding.UNKNOWN);
        assertThat(glance.evidence().finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(glance.took()).allMatch(Duration::isPositive);
    }

    @Test
    void without_an_address_that_anybody_may_ask_nothing_is_watched() {
        try (var pulse = proof().watch(plan(STATE, "GET http://h/ as {key} [STATUS] == 200"))) {
            assertThat(pulse.seen()).isEmpty();
        }
        assertThat(open).isZero();
    }
}
