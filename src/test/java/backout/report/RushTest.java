package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.ChatRequest;
import backout.command.Site;
import backout.fixture.DeskBot;
import backout.fixture.DiscordBuckets;
import backout.fixture.FakeDiscord;
import backout.frontdesk.Chat;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Observer;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Twenty runs at once in a Discord that counts calls: its client is the real one. */
@SuppressWarnings("NullAway.Init")
final class RushTest {
    private static final String OPS = "200000000000000001";
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BEHIND = Duration.ofSeconds(5);
    private static final Policy POLICY = new Policy("prod", 0, 2, HOUR, HOUR, HOUR, false);
    private static final String END = "Rolled back.";

    private static final List<RunId> RUNS =
            IntStream.range(0, 20)
                    .mapToObj(n -> new RunId("AAA" + (char) ('A' + n / 5) + (char) ('2' + n % 5)))
                    .toList();

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final Map<RunId, Instant> ended = new HashMap<>();
    private final Map<RunId, Duration> behind = new HashMap<>();
    private FakeDiscord discord;
    private SqlStore store;
    private Chat<?> chat;
    private Publisher publisher;

    @BeforeEach
    void open() {
        discord =
                new FakeDiscord(
                        clock,
                        IntStream.range(0, 20).mapToObj(RushTest::channel).toArray(String[]::new));
        store = SqlStore.open(folder.resolve("var"), clock);
        Site site = site();
        chat = new DeskBot(site, store.journal(), clock, RushTest::unheard).in(discord);
        publisher =
                new Publisher(
                        chat.room(),
                        List.of(),
                        () -> site,
                        store.journal(),
                        store.outbox(),
                        store.posts(),
                        clock,
                        new Observer() {},
                        new LiveProgress());
        store.outbox().join("discord");
    }

    @AfterEach
    void close() {
        chat.close();
        store.close();
        discord.close();
        assertThat(discord.complaints()).isEmpty();
    }

    private static Reply unheard(ChatRequest request) {
        throw new IllegalStateException(request.toString());
    }

    private static String channel(int n) {
        return Long.toString(Long.parseLong(OPS) + n);
    }

    private static TargetName target(RunId run) {
        return TargetName.of("compose/" + run.text().toLowerCase(java.util.Locale.ROOT));
    }

    private static Site site() {
        var targets = new LinkedHashMap<TargetName, Target>();
        for (RunId run : RUNS) {
            var settings = new Settings(Map.of());
            TargetName name = target(run);
            targets.put(name, new Target(name, "local", "prod", HOUR, HOUR, List.of(), settings));
        }
        return new Site(
                List.of(),
                targets,
                Map.of("li", new Person("li", 1, Map.of())),
                Map.of("prod", POLICY));
    }

    private void begin(RunId run, String channel) {
        Instant now = clock.instant();
        var requested =
                new RunEvent.Requested(
                        now,
                        run,
                        "of " + run,
                        "li",
                        target(run),
                        "compose",
                        "compose",
                        "5xx",
                        Map.of(),
                        "discord:" + channel);
        assertThat(store.journal().begin(requested)).isInstanceOf(Journal.Begun.New.class);
        var plan =
                new Plan(
                        target(run),
                        "compose",
                        new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                        new Plan.Shown("sha256:a", "1.0", Phrase.NONE),
                        Phrase.of("the last good one"),
                        IntStream.range(0, 30).mapToObj(_ -> step(run)).toList(),
                        List.of(),
                        List.of("container [STATE] == running"),
                        List.of(),
                        List.of(),
                        List.of());
        happens(run, new RunEvent.Planned(now, plan, POLICY, HOUR));
        happens(run, new RunEvent.Confirmed(now, "li", plan.hash()));
    }

    private static Step step(RunId run) {
        return new Step(
                "pull",
                target(run),
                Step.Phase.PREPARE,
                "b",
                "a",
                Map.of(),
                Phrase.of("{0} it", "pull"));
    }

    private void happens(RunId run, RunEvent... events) {
        int there = store.journal().read(run).size();
        store.journal().append(run, there, List.of(events), List.of(), null);
    }

    private void works(RunId run, int step) {
        Instant now = clock.instant();
        happens(run, new RunEvent.StepBegan(now, step, Leg.FORWARD));
        happens(run, new RunEvent.StepDone(now, step, Leg.FORWARD, Phrase.of("it is here")));
    }

    private void ends(RunId run) {
        var outcome = new Outcome(Outcome.Result.PROVEN, Phrase.verbatim(END), Phrase.NONE);
        happens(run, new RunEvent.Finished(clock.instant(), outcome));
        ended.put(run, clock.instant());
    }

    /** Time goes on; it is noted how long after its end a card tells it. */
    private void pass(Duration time, Function<RunId, String> channels) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(TICK)) {
            publisher.once();
            ended.forEach((run, at) -> {
                if (!behind.containsKey(run) && isTold(run, channels.apply(run))) {
                    behind.put(run, Duration.between(at, clock.instant()));
                }
            });
            clock.pass(TICK);
        }
    }

    private boolean isTold(RunId run, String channel) {
        return cards(channel).stream()
                .map(FakeDiscord::read)
                .anyMatch(card -> card.contains(run.text()) && card.contains(END));
    }

    /** Those in the channel, and those in the threads below them. */
    private List<ObjectNode> cards(String channel) {
        return discord.messages(channel).stream()
                .flatMap(above ->
                        Stream.concat(
                                Stream.of(above),
                                discord.messages(above.path("id").asString("")).stream()))
                .filter(message -> FakeDiscord.read(message).contains("Roll back compose/"))
                .toList();
    }

    private void noneIsBehind() {
        assertThat(behind).hasSize(RUNS.size());
        assertThat(behind.values())
                .allSatisfy(late -> assertThat(late).isLessThanOrEqualTo(BEHIND));
    }

    @Test
    void
            in_a_channel_that_takes_five_edits_in_five_seconds_the_end_of_each_run_goes_before_progress() {
        RUNS.forEach(run -> begin(run, OPS));
        pass(Duration.ofSeconds(30), _ -> OPS);
        assertThat(discord.messages(OPS)).hasSize(Crowd.MOST);
        assertThat(cards(OPS)).hasSize(RUNS.size());
        DiscordBuckets buckets = discord.limits(5, Duration.ofSeconds(5));
        for (int at = 0; at < RUNS.size(); at++) {
            int step = at;
            RUNS.stream().skip(at).forEach(run -> works(run, step));
            ends(RUNS.get(at));
            pass(Duration.ofMillis(2600), _ -> OPS);
        }
        pass(BEHIND, _ -> OPS);
        noneIsBehind();
        assertThat(behind.values())
                .as("progress leaves room")
                .allSatisfy(late -> assertThat(late).isLessThan(Duration.ofSeconds(1)));
        assertThat(buckets.refused()).as("what it says of its buckets is obeyed").isZero();
    }

    @Test
    void what_happens_to_twenty_at_once_is_told_as_fast_as_the_channel_takes_it() {
        DiscordBuckets buckets = discord.limits(5, Duration.ofSeconds(1));
        RUNS.forEach(run -> begin(run, OPS));
        pass(BEHIND, _ -> OPS);
        assertThat(cards(OPS)).hasSize(RUNS.size());
        RUNS.forEach(this::ends);
        pass(BEHIND.plusSeconds(10), _ -> OPS);
        noneIsBehind();
        assertThat(buckets.refused()).isZero();
    }

    /** Seventeen in one thread, five at a time: the last two after three times five seconds. */
    @Test
    void twenty_that_end_at_once_in_one_channel_are_shown_in_the_fourth_five_seconds() {
        RUNS.forEach(run -> begin(run, OPS));
        pass(Duration.ofSeconds(30), _ -> OPS);
        DiscordBuckets buckets = discord.limits(5, Duration.ofSeconds(5));
        RUNS.forEach(this::ends);
        pass(Duration.ofSeconds(20), _ -> OPS);
        assertThat(behind).hasSize(RUNS.size());
        assertThat(behind.values())
                .allSatisfy(late -> assertThat(late).isLessThan(Duration.ofSeconds(16)));
        assertThat(buckets.refused()).isZero();
    }

    @Test
    void twenty_in_twenty_channels_never_call_more_than_fifty_times_in_a_second() {
        DiscordBuckets buckets = discord.limits(5, Duration.ofSeconds(5));
        Function<RunId, String> own = run -> channel(RUNS.indexOf(run));
        RUNS.forEach(run -> begin(run, own.apply(run)));
        pass(Duration.ofSeconds(5), own);
        RUNS.forEach(this::ends);
        pass(BEHIND.plusSeconds(10), own);
        noneIsBehind();
        assertThat(buckets.mostInASecond()).isBetween(20, 50);
        assertThat(buckets.refused()).isZero();
    }

    @Test
    void a_channel_that_refuses_delays_no_other_and_a_chat_that_refuses_delays_all() {
        discord.next("POST /channels/" + OPS + "/messages", 429, 0, "Retry-After", "3");
        begin(RUNS.get(0), OPS);
        begin(RUNS.get(1), channel(1));
        publisher.once();
        assertThat(discord.messages(OPS)).isEmpty();
        assertThat(discord.messages(channel(1))).hasSize(1);

        discord.next(
                "POST /channels/" + channel(2),
                429,
                0,
                "Retry-After",
                "9",
                "X-RateLimit-Global",
                "true");
        begin(RUNS.get(2), channel(2));
        publisher.once();
        clock.pass(Duration.ofSeconds(4));
        publisher.once();
        assertThat(discord.messages(OPS)).as("all are to be left alone").isEmpty();
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(discord.messages(OPS)).hasSize(1);
        assertThat(discord.messages(channel(2))).hasSize(1);
    }
}
