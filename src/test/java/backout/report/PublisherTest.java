package backout.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.chat.Block;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Evidence;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Cards follow the journal, whatever the chat does. */
@SuppressWarnings("NullAway.Init")
final class PublisherTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final RunId RUN = new RunId("7F3KQ");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Policy POLICY = new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final Chat chat = new Chat();
    private final List<String> told = new ArrayList<>();
    private final Observer deliveries =
            new Observer() {
                @Override
                public void delivered(String chat, String call, Delivery result) {
                    told.add(call);
                }
            };
    private SqlStore store;
    private Publisher publisher;
    private final LiveProgress live = new LiveProgress();

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        publisher = start();
    }

    @AfterEach
    void close() {
        store.close();
        assertThat(told)
                .as("each call to the chat is told")
                .isEqualTo(chat.calls.stream().map(call -> call.split(" ", -1)[0]).toList());
    }

    /** As a process that has just been started. */
    private Publisher start() {
        return new Publisher(
                chat,
                List.of("CNEWS"),
                PublisherTest::site,
                store.journal(),
                store.outbox(),
                store.posts(),
                clock,
                deliveries,
                live);
    }

    private static Site site() {
        var target =
                new Target(RELAY, "local", "prod", HOUR, HOUR, List.of(), new Settings(Map.of()));
        return new Site(
                List.of(builtIn("confirm"), builtIn("approve"), builtIn("deny"), builtIn("cancel")),
                Map.of(RELAY, target),
                Map.of(
                        "li", new Person("li", 1, Map.of()),
                        "ben", new Person("ben", 2, Map.of())),
                Map.of("prod", POLICY));
    }

    private static CommandSpec builtIn(String name) {
        return new CommandSpec(
                name, "", Grammar.of("RUN"), name, "", 1, List.of(), List.of(), List.of());
    }

    private void request(String place) {
        request(RUN, place);
    }

    private void request(RunId run, String place) {
        var requested =
                new RunEvent.Requested(
                        clock.instant(),
                        run,
                        "of " + run,
                        "li",
                        RELAY,
                        "compose",
                        "compose relay",
                        "5xx",
                        Map.of(),
                        place);
        assertThat(store.journal().begin(requested)).isInstanceOf(Journal.Begun.New.class);
    }

    private void happens(RunEvent... events) {
        int there = store.journal().read(RUN).size();
        store.journal().append(RUN, there, List.of(events), List.of(), null);
    }

    private void planned() {
        planned(POLICY);
    }

    private void planned(Policy policy) {
        var plan =
                new Plan(
                        RELAY,
                        "compose",
                        new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                        new Plan.Shown("sha256:a", "1.0", Phrase.NONE),
                        Phrase.of("the last good one"),
                        List.of(step("pull", Step.Phase.PREPARE), step("up", Step.Phase.SWITCH)),
                        List.of(1),
                        List.of("container [STATE] == running"),
                        List.of(),
                        List.of(),
                        List.of());
        happens(new RunEvent.Planned(clock.instant(), plan, policy, HOUR));
    }

    private static Step step(String action, Step.Phase phase) {
        return new Step(action, RELAY, phase, "b", "a", Map.of(), Phrase.of("{0} it", action));
    }

    private void confirmed() {
        var plan = backout.run.Run.of(store.journal().read(RUN)).plan().hash();
        happens(new RunEvent.Confirmed(clock.instant(), "li", plan));
    }

    private void finished() {
        happens(
                new RunEvent.Finished(
                        clock.instant(),
                        new Outcome(
                                Outcome.Result.PROVEN, Phrase.of("Rolled back."), Phrase.NONE)));
    }

    private Chat.Posted card() {
        return chat.posted.values().stream()
                .filter(posted -> posted.key.equals("card-7F3KQ"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> posts() {
        return chat.calls.stream().filter(call -> call.startsWith("post")).toList();
    }

    private static boolean hasButtons(Message message) {
        return message.blocks().stream().anyMatch(Block.Buttons.class::isInstance);
    }

    private List<String> thread() {
        return card().thread.stream()
                .flatMap(message -> message.blocks().stream())
                .flatMap(block ->
                        switch (block) {
                            case Block.Lines lines ->
                                    lines.lines().stream().map(line -> line.text().toString());
                            case Block.Call call ->
                                    java.util.stream.Stream.of(
                                            "@" + String.join(" @", call.people()));
                            default -> java.util.stream.Stream.<String>empty();
                        })
                .toList();
    }

    @Test
    void a_card_is_posted_where_the_command_was_typed_and_edited_there_until_the_end() {
        request("slack:C1");
        publisher.once();
        planned();
        publisher.once();
        assertThat(hasButtons(card().message)).isTrue();
        confirmed();
        publisher.once();
        finished();
        publisher.once();

        assertThat(hasButtons(card().message)).isFalse();
        assertThat(card().message.summary().toString()).contains("done and proven");
        assertThat(thread()).contains("li confirmed", "@ben", "@li");
        assertThat(chat.calls)
                .filteredOn(call -> call.startsWith("post"))
                .containsExactly("post C1 card-7F3KQ", "post CNEWS announcement-7F3KQ");
        assertThat(store.posts().open("slack")).isEmpty();
        int calls = chat.calls.size();
        publisher.once();
        start().once();
        assertThat(chat.calls).hasSize(calls);
    }

    @Test
    void who_must_act_is_called_first_and_on_a_locked_phone_too() {
        request("slack:C1");
        planned();
        publisher.once();
        confirmed();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        happens(new RunEvent.StepDone(clock.instant(), 0, Leg.FORWARD, Phrase.of("1.1 kB")));
        publisher.once();
        var called = card().thread.getLast();
        assertThat(called.blocks().getFirst())
                .isEqualTo(
                        new Block.Call(
                                List.of("ben"),
                                Phrase.of("please approve or deny what {0} asks for", "li")));
        assertThat(called.summary().toString())
                .isEqualTo(
                        "ben: please approve or deny what li asks for (compose/relay, run 7F3KQ)");
    }

    @Test
    void whoever_voted_for_a_plan_that_changed_is_called() {
        request("slack:C1");
        planned();
        confirmed();
        var vote = new Vote(clock.instant(), "ben", 2, true, hash(), "", "");
        happens(
                new RunEvent.Voted(clock.instant(), vote),
                new RunEvent.PlanChanged(clock.instant(), List.of(Phrase.of("edited"))));
        publisher.once();
        assertThat(thread()).contains("@ben");
    }

    private String hash() {
        return backout.run.Run.of(store.journal().read(RUN)).plan().hash();
    }

    @Test
    void the_log_of_what_was_started_is_in_the_thread_also_when_it_is_well() {
        request("slack:C1");
        planned();
        var evidence =
                new Evidence(
                        Evidence.Finding.WELL,
                        List.of(),
                        2,
                        List.of(Phrase.verbatim("listening on :3000")),
                        Duration.ofSeconds(1));
        happens(
                new RunEvent.Checked(
                        clock.instant(), RunEvent.Moment.AFTER_SWITCH, evidence, null));
        publisher.once();
        assertThat(card().thread)
                .flatExtracting(Message::blocks)
                .contains(
                        Block.Code.of(Phrase.of("Last log lines"), List.of("listening on :3000")));
    }

    /** Somebody at a step says this, as a hundred steps do in a second. */
    private void says(int percent) {
        live.say(RUN, 0, Phrase.of("{0} of {1} layers", percent, 100), OptionalInt.of(percent));
    }

    private long edits() {
        return chat.calls.stream().filter(call -> call.startsWith("edit")).count();
    }

    @Test
    void the_latest_word_of_a_step_at_work_is_shown_now_and_then_and_gone_with_the_step() {
        request("slack:C1");
        planned();
        confirmed();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        publisher.once();
        clock.pass(Publisher.WORD_EVERY);
        int kept = store.journal().read(RUN).size();
        long before = edits();
        for (int percent = 1; percent <= 100; percent++) {
            says(percent);
            publisher.once();
            clock.pass(Duration.ofMillis(100));
        }
        assertThat(edits() - before).as("in ten seconds").isEqualTo(2);
        assertThat(card().message.toString()).contains("51 %, 51 of 100 layers");

        clock.pass(Publisher.WORD_EVERY);
        publisher.once();
        publisher.once();
        assertThat(card().message.toString()).contains("100 %, 100 of 100 layers");
        assertThat(edits() - before).as("the same word again is no edit").isEqualTo(3);
        assertThat(store.journal().read(RUN)).as("nothing of it is kept").hasSize(kept);

        happens(new RunEvent.StepDone(clock.instant(), 0, Leg.FORWARD, Phrase.of("it is here")));
        clock.pass(Publisher.PROGRESS_EVERY);
        publisher.once();
        assertThat(card().message.toString()).contains("it is here").doesNotContain("layers");
        live.end(RUN);
        clock.pass(Publisher.WORD_EVERY);
        long after = edits();
        publisher.once();
        assertThat(edits()).isEqualTo(after);
    }

    @Test
    void a_word_waits_where_the_chat_takes_nothing() {
        request("slack:C1");
        planned();
        confirmed();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        publisher.once();
        clock.pass(Publisher.WORD_EVERY);
        says(10);
        chat.next(Chat.Trouble.TOO_MANY_CALLS);
        publisher.once();
        long tried = edits();
        clock.pass(Publisher.WORD_EVERY);
        publisher.once();
        assertThat(edits()).as("seven seconds, it said").isEqualTo(tried);
        clock.pass(Publisher.WORD_EVERY);
        publisher.once();
        assertThat(card().message.toString()).contains("10 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web:console"})
    void a_run_of_another_face_has_its_card_where_outcomes_are_announced(String place) {
        request(place);
        planned();
        publisher.once();
        assertThat(hasButtons(card().message)).isTrue();
        confirmed();
        publisher.once();
        assertThat(card().thread.getLast().blocks().getFirst())
                .isInstanceOfSatisfying(
                        Block.Call.class, call -> assertThat(call.people()).containsExactly("ben"));
        finished();
        publisher.once();
        assertThat(posts())
                .containsExactly("post CNEWS card-7F3KQ", "post CNEWS announcement-7F3KQ");
    }

    @Test
    void what_was_asked_in_a_talk_between_two_has_its_card_also_where_others_read_it() {
        request("slack:D1");
        publisher.once();
        assertThat(posts()).containsExactly("post D1 card-7F3KQ", "post CNEWS card-7F3KQ");
    }

    @Test
    void what_cannot_be_shown_where_it_was_asked_is_shown_where_outcomes_are_announced() {
        request("slack:C1");
        chat.next(Chat.Trouble.CHANNEL_GONE);
        publisher.once();
        assertThat(posts()).containsExactly("post C1 card-7F3KQ", "post CNEWS card-7F3KQ");
    }

    @Test
    void of_a_run_of_another_face_that_is_over_the_outcome_is_enough() {
        request("");
        finished();
        publisher.once();
        assertThat(chat.calls).containsExactly("post CNEWS announcement-7F3KQ");
    }

    private void locked() {
        int there = store.journal().read(RUN).size();
        var now = clock.instant();
        store.journal()
                .append(
                        RUN,
                        there,
                        List.of(new RunEvent.Proven(now, now)),
                        List.of(new TargetEvent.Locked(now, "li", Phrase.of("5xx"), RUN.text())),
                        null);
    }

    @Test
    void after_an_unlock_the_card_does_not_say_that_it_is_locked() {
        request("slack:C1");
        planned();
        locked();
        finished();
        publisher.once();
        assertThat(card().message.toString()).contains("lift it with: unlock");
        assertThat(store.posts().open("slack")).isEmpty();

        store.journal()
                .append(
                        RELAY,
                        List.of(
                                new TargetEvent.Unlocked(
                                        clock.instant(), "anna", Phrase.of("fixed"))));
        int before = chat.calls.size();
        start().once();
        assertThat(card().message.toString()).doesNotContain("lift it with: unlock");
        assertThat(chat.calls.subList(before, chat.calls.size()))
                .containsExactly("edit C1 card-7F3KQ");
        assertThat(store.posts().open("slack")).isEmpty();
    }

    @Test
    void what_is_announced_late_says_when_it_ended_and_its_place_in_the_audit() {
        request("");
        finished();
        String head = store.journal().sealed(RUN).orElseThrow().text();
        var ended = Phrase.of("run {0}, ended {1}", RUN, clock.instant());
        clock.pass(Duration.ofMinutes(10));
        publisher.once();
        assertThat(chat.posted.values().iterator().next().message.blocks())
                .contains(new Block.Small(ended), new Block.Small(Phrase.of("audit {0}", head)));
    }

    @Test
    void the_final_card_says_its_place_in_the_audit_and_goes_on_saying_the_same() {
        request("slack:C1");
        publisher.once();
        assertThat(card().message.toString()).doesNotContain("audit");

        finished();
        publisher.once();
        String head = store.journal().sealed(RUN).orElseThrow().text();
        assertThat(card().message.toString()).contains("audit " + head);
        store.journal()
                .append(
                        TargetName.of("compose/shop"),
                        List.of(new TargetEvent.Warned(clock.instant(), Phrase.verbatim("hm"))));
        publisher.once();
        assertThat(card().message.toString()).contains("audit " + head);
    }

    @Test
    void an_outcome_of_long_ago_is_no_news() {
        request("");
        finished();
        clock.pass(Duration.ofHours(2));
        publisher.once();
        assertThat(chat.calls).isEmpty();
    }

    @Test
    void a_post_whose_answer_was_lost_is_found_and_not_posted_twice() {
        request("slack:C1");
        chat.next(Chat.Trouble.ANSWER_LOST);
        publisher.once();
        clock.pass(Duration.ofSeconds(2));
        publisher.once();
        assertThat(chat.posted).hasSize(1);
        assertThat(chat.calls).startsWith("post C1 card-7F3KQ", "find C1 card-7F3KQ");
    }

    @Test
    void a_process_that_died_after_posting_finds_its_card_again() {
        request("slack:C1");
        chat.next(Chat.Trouble.ANSWER_LOST);
        publisher.once();
        start().once();
        assertThat(chat.posted).hasSize(1);
        assertThat(card().message.summary().toString()).contains("compose/relay");
    }

    @Test
    void a_post_that_never_arrived_is_posted_after_the_search() {
        request("slack:C1");
        chat.next(Chat.Trouble.TOO_MANY_CALLS);
        publisher.once();
        assertThat(chat.posted).isEmpty();
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(chat.calls).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        publisher.once();
        assertThat(chat.posted).hasSize(1);
    }

    @Test
    void progress_is_coalesced_and_what_people_wait_for_goes_at_once() {
        request("slack:C1");
        planned();
        confirmed();
        publisher.once();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        int before = chat.calls.size();
        publisher.once();
        assertThat(chat.calls).hasSize(before);
        happens(new RunEvent.StepDone(clock.instant(), 0, Leg.FORWARD, Phrase.NONE));
        clock.pass(Publisher.PROGRESS_EVERY);
        publisher.once();
        assertThat(chat.calls.subList(before, chat.calls.size()))
                .containsExactly("edit C1 card-7F3KQ");
        happens(new RunEvent.Asked(clock.instant(), Phrase.of("slow"), clock.instant().plus(HOUR)));
        publisher.once();
        assertThat(thread()).contains("a person must decide: slow", "@li");
    }

    @Test
    void after_a_429_what_happened_meanwhile_is_one_edit() {
        request("slack:C1");
        planned();
        publisher.once();
        chat.next(Chat.Trouble.TOO_MANY_CALLS);
        confirmed();
        publisher.once();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        finished();
        int before = chat.calls.size();
        publisher.once();
        assertThat(chat.calls).hasSize(before);
        clock.pass(Duration.ofSeconds(7));
        publisher.once();
        assertThat(card().message.summary().toString()).contains("done and proven");
        assertThat(chat.calls.subList(before, chat.calls.size()))
                .containsExactlyInAnyOrder(
                        "edit C1 card-7F3KQ",
                        "reply C1 card-7F3KQ",
                        "post CNEWS announcement-7F3KQ");
    }

    @Test
    void a_channel_that_is_gone_stops_its_message_alone() {
        request("slack:C1");
        chat.next(Chat.Trouble.CHANNEL_GONE);
        finished();
        publisher.once();
        assertThat(chat.calls)
                .containsExactly(
                        "post C1 card-7F3KQ", "direct li", "post CNEWS announcement-7F3KQ");
        assertThat(chat.whispers)
                .singleElement()
                .asString()
                .startsWith("li: The card of run 7F3KQ cannot be shown in that channel: ");
        assertThat(store.posts().open("slack")).isEmpty();
    }

    private List<String> cards() {
        return posts().stream().filter(call -> !call.contains("announcement")).toList();
    }

    @Test
    void a_card_that_somebody_deleted_is_posted_anew_once_and_says_so() {
        request("slack:C1");
        planned();
        publisher.once();
        chat.next(Chat.Trouble.MESSAGE_GONE);
        confirmed();
        publisher.once();
        assertThat(cards()).containsExactly("post C1 card-7F3KQ", "post C1 renewed-7F3KQ");
        var anew = requireNonNull(chat.posted.get("C1/ts2"));
        assertThat(hasButtons(anew.message)).isTrue();
        assertThat(anew.message.toString()).contains("This card was posted anew");
        assertThat(anew.thread.toString()).as("the plan word for word").contains("the last good");

        publisher = start();
        happens(new RunEvent.StepBegan(clock.instant(), 0, Leg.FORWARD));
        clock.pass(Publisher.PROGRESS_EVERY);
        chat.next(Chat.Trouble.MESSAGE_GONE);
        publisher.once();
        assertThat(cards()).as("whoever deletes it again means it").hasSize(3);
        assertThat(cards().getLast()).isEqualTo("post CNEWS card-7F3KQ");
        assertThat(chat.whispers).singleElement().asString().startsWith("li: The card of run");
        finished();
        publisher.once();
        assertThat(cards()).hasSize(3);
        assertThat(store.posts().open("slack")).isEmpty();
    }

    private void voted() {
        var vote = new Vote(clock.instant(), "ben", 2, true, hash(), "", "");
        happens(new RunEvent.Voted(clock.instant(), vote));
    }

    private static List<String> called(Chat.Posted card) {
        return card.thread.stream()
                .flatMap(message -> message.blocks().stream())
                .filter(Block.Call.class::isInstance)
                .flatMap(call -> ((Block.Call) call).people().stream())
                .toList();
    }

    @Test
    void a_card_that_is_posted_anew_calls_only_those_whose_vote_is_still_wanted() {
        request("slack:C1");
        planned(new Policy("prod", 2, 2, HOUR, HOUR, HOUR, false));
        confirmed();
        publisher.once();
        assertThat(called(card())).containsExactly("ben");
        voted();
        chat.next(Chat.Trouble.MESSAGE_GONE);
        publisher.once();
        assertThat(called(requireNonNull(chat.posted.get("C1/ts2")))).isEmpty();
    }

    @Test
    void who_voted_again_after_the_plan_changed_is_not_told_again_that_the_vote_is_void() {
        var two = new Policy("prod", 2, 2, HOUR, HOUR, HOUR, false);
        request("slack:C1");
        planned(two);
        confirmed();
        voted();
        happens(new RunEvent.PlanChanged(clock.instant(), List.of(Phrase.of("edited"))));
        planned(two);
        confirmed();
        voted();
        publisher.once();
        assertThat(called(card())).isEmpty();
    }

    @Test
    void a_card_of_long_ago_that_somebody_deleted_stays_deleted() {
        request("slack:C1");
        planned();
        locked();
        finished();
        publisher.once();
        int calls = posts().size();
        store.journal()
                .append(
                        RELAY,
                        List.of(
                                new TargetEvent.Unlocked(
                                        clock.instant(), "anna", Phrase.of("fixed"))));
        chat.next(Chat.Trouble.MESSAGE_GONE);
        publisher.once();
        assertThat(posts()).hasSize(calls);
        assertThat(store.posts().open("slack")).isEmpty();
    }

    @Test
    void the_card_of_a_channel_that_goes_away_moves_and_says_why_it_stands_there() {
        request("slack:C1");
        planned();
        publisher.once();
        chat.channels.put("C1", Chat.Trouble.CHANNEL_GONE);
        confirmed();
        publisher.once();
        var moved =
                chat.posted.entrySet().stream()
                        .filter(one -> one.getKey().startsWith("CNEWS/"))
                        .map(one -> one.getValue().message)
                        .findFirst()
                        .orElseThrow();
        assertThat(hasButtons(moved)).isTrue();
        assertThat(moved.toString()).contains("it cannot be shown where it was asked for");
        int calls = chat.calls.size();
        publisher.once();
        assertThat(chat.calls).as("no card per edit").hasSize(calls);
    }

    @Test
    void a_channel_that_takes_no_outcomes_is_told_to_operators_until_it_takes_one() {
        assertThat(publisher.channels()).isEqualTo("no channel refuses what is announced");
        chat.channels.put("CNEWS", Chat.Trouble.CHANNEL_GONE);
        request("slack:C1");
        finished();
        publisher.once();
        assertThatThrownBy(publisher::channels).hasMessageContaining("channel_not_found");
        assertThat(card().message.summary().toString()).contains("done and proven");

        chat.channels.clear();
        request(new RunId("8G4KR"), "");
        publisher.once();
        assertThat(publisher.channels()).isEqualTo("no channel refuses what is announced");
    }

    @Test
    void a_channel_that_takes_nothing_now_delays_no_other() {
        chat.channels.put("C1", Chat.Trouble.TOO_MANY_CALLS);
        request("slack:C1");
        publisher.once();
        finished();
        publisher.once();
        assertThat(chat.calls)
                .containsExactly("post C1 card-7F3KQ", "post CNEWS announcement-7F3KQ");
        chat.channels.clear();
        clock.pass(Duration.ofSeconds(6));
        publisher.once();
        assertThat(posts()).hasSize(2);
        clock.pass(Duration.ofSeconds(1));
        publisher.once();
        assertThat(card().message.summary().toString()).contains("done and proven");
    }

    /** Its card stays as it was, and nobody hears how it ended, until somebody mends that. */
    @Test
    void what_a_revoked_token_kept_from_being_told_is_told_with_a_new_one() {
        request("slack:C1");
        planned();
        publisher.once();
        chat.channels.put("C1", Chat.Trouble.TOKEN_REVOKED);
        chat.channels.put("CNEWS", Chat.Trouble.TOKEN_REVOKED);
        finished();
        publisher.once();
        clock.pass(Duration.ofHours(1));
        publisher.once();
        assertThat(hasButtons(card().message)).as("nothing got through").isTrue();

        chat.channels.clear();
        clock.pass(Duration.ofMinutes(1));
        publisher.once();
        assertThat(card().message.summary().toString()).contains("done and proven");
        assertThat(chat.posted).as("the card and the announcement").hasSize(2);
        assertThat(publisher.channels()).isEqualTo("no channel refuses what is announced");
    }

    @Test
    void where_nothing_is_proven_good_the_requester_is_offered_the_choice() {
        request("slack:C1");
        store.journal()
                .append(RELAY, List.of(seen("sha256:aaa", "1.0"), seen("sha256:bbb", "2.0")));
        happens(
                new RunEvent.PlanFailed(
                        clock.instant(),
                        Problem.of(Phrase.of("no release is proven good"), Phrase.of("pick one"))));
        finished();
        publisher.once();
        assertThat(chat.whispers)
                .containsExactly("li: No release of compose/relay is proven good. Choose one?");
    }

    private TargetEvent.Seen seen(String id, String version) {
        return new TargetEvent.Seen(clock.instant(), id, "relay:" + version, version, version);
    }
}
