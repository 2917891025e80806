package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.Message;
import backout.chat.Place;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Observer;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Many runs at once in one channel. */
@SuppressWarnings("NullAway.Init")
class CrowdTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Place THREAD = new Place("slack", "C1/ts3");

    @TempDir Path folder;
    private final HandClock clock = new HandClock();
    private final Chat chat = new Chat();
    private SqlStore store;
    private Publisher publisher;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        store.outbox().join("slack");
        publisher = start();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** As a process that has just been started. */
    private Publisher start() {
        return new Publisher(
                chat,
                List.of(),
                CrowdTest::site,
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                new Observer() {},
                new LiveProgress());
    }

    private static Site site() {
        var targets = new LinkedHashMap<TargetName, Target>();
        for (int i = 1; i <= 9; i++) {
            var name = target(i);
            targets.put(
                    name,
                    new Target(
                            name, "local", "prod", HOUR, HOUR, List.of(), new Settings(Map.of())));
        }
        return new Site(
                List.of(builtIn("confirm"), builtIn("cancel")),
                targets,
                Map.of("li", new Person("li", 1, Map.of())),
                Map.of("prod", new Policy("prod", 0, 2, HOUR, HOUR, HOUR, false)));
    }

    private static CommandSpec builtIn(String name) {
        return new CommandSpec(
                name, "", Grammar.of("RUN"), name, "", 1, List.of(), List.of(), List.of());
    }

    private static TargetName target(int number) {
        return new TargetName("compose", "web" + number);
    }

    private static RunId run(int number) {
        return new RunId("RAN2" + "ABCDEFGHJ".charAt(number - 1));
    }

    private void requested(int number, String place) {
        var requested =
                new RunEvent.Requested(
                        clock.instant(),
                        run(number),
                        "of " + number,
                        "li",
                        target(number),
                        "compose",
                        "compose web" + number,
                        "5xx",
                        Map.of(),
                        place);
        assertThat(store.journal().begin(requested)).isInstanceOf(Journal.Begun.New.class);
    }

    private void flood(int runs) {
        IntStream.rangeClosed(1, runs).forEach(number -> requested(number, "slack:C1"));
        publisher.once();
    }

    private void cancelled(int number) {
        happens(number, new RunEvent.Cancelled(clock.instant(), "li", "wrong one"));
    }

    private void over(int number) {
        happens(
                number,
                new RunEvent.Finished(
                        clock.instant(),
                        new Outcome(
                                Outcome.Result.NOT_APPROVED,
                                Phrase.of("li stopped it."),
                                Phrase.NONE)));
    }

    private void happens(int number, RunEvent event) {
        int there = store.journal().read(run(number)).size();
        store.journal().append(run(number), there, List.of(event), List.of(), null);
    }

    /** Where each card was posted. */
    private List<String> posts() {
        return chat.calls.stream()
                .filter(call -> call.startsWith("post"))
                .map(call -> call.substring("post ".length()))
                .toList();
    }

    private Message card(int number) {
        return posted(number).message;
    }

    private Chat.Posted posted(int number) {
        return chat.posted.values().stream()
                .filter(posted -> posted.key.equals("card-" + run(number)))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> list(Message card) {
        return card.blocks().stream()
                .filter(block -> block.toString().contains("in the thread below"))
                .map(CrowdTest::text)
                .findFirst();
    }

    private static String text(Block block) {
        return switch (block) {
            case Block.Lines(Phrase title, List<Block.Line> lines) -> {
                var all = new StringBuilder(title.toString());
                lines.forEach(line ->
                        all.append('\n').append(line.text()).append(" — ").append(line.note()));
                yield all.toString();
            }
            case Block.Small(Phrase text) -> text.toString();
            default -> block.toString();
        };
    }

    @Test
    void the_first_three_stand_in_the_channel_and_the_others_in_the_thread_below_the_third() {
        flood(6);
        assertThat(posts())
                .containsExactly(
                        "C1 card-RAN2A",
                        "C1 card-RAN2B",
                        "C1 card-RAN2C",
                        "C1/ts3 card-RAN2D",
                        "C1/ts3 card-RAN2E",
                        "C1/ts3 card-RAN2F");
        assertThat(chat.whispers)
                .as("said once to each")
                .singleElement()
                .asString()
                .startsWith("li: Many runs begin here at once: the cards of run RAN2D and of");
    }

    @Test
    void three_are_no_crowd_and_who_comes_a_minute_later_is_none_of_it() {
        flood(3);
        clock.pass(Crowd.AT_ONCE);
        requested(4, "slack:C1");
        publisher.once();
        assertThat(posts()).hasSize(4).allMatch(post -> post.startsWith("C1 "));
        assertThat(list(card(3))).isEmpty();
    }

    @Test
    void while_it_goes_on_it_stays_one_thread() {
        flood(4);
        for (int number = 5; number <= 8; number++) {
            clock.pass(Duration.ofSeconds(19));
            requested(number, "slack:C1");
            publisher.once();
        }
        assertThat(posts()).filteredOn(post -> post.startsWith("C1 ")).hasSize(3);
        assertThat(posts()).filteredOn(post -> post.startsWith("C1/ts3 ")).hasSize(5);
    }

    @Test
    void another_channel_and_a_talk_between_two_are_not_crowded_by_it() {
        flood(3);
        requested(4, "slack:C2");
        for (int number = 5; number <= 9; number++) {
            requested(number, "slack:D1");
        }
        publisher.once();
        assertThat(posts()).noneMatch(post -> post.contains("/"));
    }

    @Test
    void the_card_above_lists_them_with_their_states_as_they_are_now() {
        flood(5);
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(list(card(3)).orElseThrow())
                .startsWith("2 more runs, their cards are in the thread below")
                .contains("RAN2D  compose web4, by li — ", "RAN2E  compose web5, by li — ");
        assertThat(list(card(2))).isEmpty();
        cancelled(4);
        over(4);
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(list(card(3)).orElseThrow()).startsWith("1 more run,").doesNotContain("RAN2D");
        int calls = chat.calls.size();
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(chat.calls).as("nothing changed").hasSize(calls);
    }

    @Test
    void when_it_is_over_itself_it_says_no_states_that_would_grow_old() {
        flood(5);
        cancelled(3);
        over(3);
        publisher.once();
        assertThat(list(card(3)).orElseThrow())
                .isEqualTo("2 more runs, their cards are in the thread below");
        assertThat(store.posts().open("slack")).hasSize(4);
    }

    @Test
    void what_is_told_in_the_shared_thread_names_its_run() {
        flood(4);
        cancelled(4);
        publisher.once();
        assertThat(posted(4).thread)
                .isNotEmpty()
                .allMatch(news -> news.summary().toString().startsWith("run RAN2D: "));
        cancelled(1);
        publisher.once();
        assertThat(posted(1).thread)
                .noneMatch(news -> news.summary().toString().startsWith("run RAN2A: "));
    }

    @Test
    void a_process_that_died_goes_on_in_the_same_thread_and_posts_nothing_twice() {
        flood(4);
        publisher = start();
        requested(5, "slack:C1");
        cancelled(4);
        publisher.once();
        assertThat(posts()).hasSize(5).contains("C1/ts3 card-RAN2E");
        assertThat(chat.calls).contains("edit C1/ts3 card-RAN2D");
    }

    @Test
    void who_died_while_it_moved_a_card_moves_it_once() {
        flood(3);
        requested(4, "slack:C1");
        var moved = new Post(run(4), Kind.CARD, THREAD, Optional.empty(), 0, 0, "");
        assertThat(store.posts().begin(moved)).isTrue();
        publisher.once();
        assertThat(posts())
                .filteredOn(post -> post.endsWith("RAN2D"))
                .containsExactly("C1/ts3 card-RAN2D");
    }

    @Test
    void who_died_while_it_moved_a_card_does_not_post_it_above_when_the_others_are_over() {
        requested(1, "slack:C1");
        var moved = new Post(run(1), Kind.CARD, THREAD, Optional.empty(), 0, 0, "");
        assertThat(store.posts().begin(moved)).isTrue();
        publisher.once();
        assertThat(posts()).containsExactly("C1/ts3 card-RAN2A");
    }

    @Test
    void a_thread_that_takes_nothing_leaves_the_cards_in_the_channel() {
        IntStream.rangeClosed(1, 9)
                .forEach(n -> chat.channels.put("C1/ts" + n, Chat.Trouble.CHANNEL_GONE));
        flood(5);
        assertThat(chat.posted.keySet())
                .containsExactly("C1/ts1", "C1/ts2", "C1/ts3", "C1/ts4", "C1/ts5");
        assertThat(chat.calls).noneMatch(call -> call.startsWith("direct"));
        assertThat(card(4).toString()).doesNotContain("posted anew");
        publisher = start();
        cancelled(4);
        publisher.once();
        assertThat(chat.posted).hasSize(5);
        assertThat(chat.calls).contains("edit C1 card-RAN2D");
    }

    @Test
    void the_cards_of_a_thread_that_somebody_deleted_are_posted_anew_in_the_channel() {
        flood(4);
        chat.channels.put(THREAD.channel(), Chat.Trouble.CHANNEL_GONE);
        cancelled(4);
        publisher.once();
        assertThat(posts()).hasSize(5).last().isEqualTo("C1 renewed-RAN2D");
        assertThat(chat.calls).noneMatch(call -> call.startsWith("direct"));
    }

    @Test
    void a_card_in_the_thread_that_somebody_deleted_is_posted_anew_there() {
        flood(4);
        chat.next(Chat.Trouble.MESSAGE_GONE);
        cancelled(4);
        publisher.once();
        assertThat(posts()).hasSize(5).last().isEqualTo("C1/ts3 renewed-RAN2D");
    }

    @Test
    void what_the_card_above_tells_in_the_shared_thread_names_its_run_too() {
        flood(4);
        cancelled(3);
        publisher.once();
        assertThat(posted(3).thread.getLast().summary().toString()).startsWith("run RAN2C: ");
    }
}
