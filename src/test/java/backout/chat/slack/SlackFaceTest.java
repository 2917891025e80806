package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.Cards;
import backout.chat.ChatRequest;
import backout.command.Site;
import backout.fixture.Await;
import backout.fixture.DeskBot;
import backout.fixture.SlackDriver;
import backout.fixture.SlackDriver.Answer;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Origin;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.problem.Problem;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Run;
import backout.run.RunEvent;
import backout.serve.Listener;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

class SlackFaceTest {
    private static final String LI = "U01LI";
    private static final String ANNA = "U02ANNA";
    private static final String MAX = "U04MAX";
    private static final String OPS = "C0123";

    private Instant now = Instant.now();
    private final Site site = Cards.site();
    private final SlackDriver driver = new SlackDriver(URI.create("http://127.0.0.1:9/api/"));
    private final SlackApi api = SlackApi.at(driver.address(), "xoxb-secret", Await.PATIENCE);
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(() -> now));
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch planning = new CountDownLatch(1);
    private final FrontDesk desk =
            new FrontDesk(
                    site,
                    journal,
                    (_, _) -> slowPlan(),
                    () -> now,
                    () -> Cards.RUN,
                    _ -> true,
                    new Origin("host root"));
    private Listener listener = serving(this::counted);

    private Reply counted(ChatRequest request) {
        asked.incrementAndGet();
        return desk.take(request);
    }

    private Plan slowPlan() {
        try {
            assertThat(planning.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return Cards.relayPlan();
    }

    private Listener serving(Function<ChatRequest, Reply> desk) {
        var bot = new DeskBot(site, journal, () -> now, desk);
        var slack = bot.in(driver.address(), "xoxb-secret", SlackDriver.SECRET);
        return Listener.open("127.0.0.1:0", slack.doors());
    }

    private void served(Function<ChatRequest, Reply> desk) {
        listener.close();
        listener = serving(desk);
    }

    @AfterEach
    void close() {
        planning.countDown();
        driver.close();
        listener.close();
        api.close();
    }

    private Answer sends(String body) {
        return driver.send(listener.port(), body, now);
    }

    private Answer types(String user, String text) {
        return sends(driver.command(user, OPS, text, "t-" + text.hashCode()));
    }

    private Answer presses(String user, String action, String trigger) {
        String value = action + ":7F3KQ:" + Cards.relayPlan().hash();
        return sends(driver.press(user, OPS, value, trigger));
    }

    private Run run() {
        return Run.of(journal.read(Cards.RUN));
    }

    private void confirmed() {
        types(LI, "compose claude-relay because 5xx");
        var policy = site.policyOf(site.target(Cards.RELAY).orElseThrow());
        append(new RunEvent.Planned(now, Cards.relayPlan(), policy, Duration.ZERO));
        append(new RunEvent.Confirmed(now, "li", Cards.relayPlan().hash()));
    }

    private void append(RunEvent event) {
        journal.append(Cards.RUN, run().version(), List.of(event), List.of(), null);
    }

    /** What the bot said by itself. */
    private List<SlackDriver.Call> posted() {
        return driver.calls().stream().filter(call -> !call.method().equals("users.info")).toList();
    }

    private void reads(String locale) {
        driver.answering(
                "users.info",
                new MockResponse(
                        200,
                        Headers.of("Content-Type", "application/json"),
                        """
                        {"ok": true, "user": {"locale": "%s", "tz": "Asia/Shanghai"}}\
                        """
                                .formatted(locale)));
    }

    private void whispered(int many) {
        Await.until(many + " whispers", () -> driver.whispers().size() >= many);
        assertThat(driver.whispers()).hasSize(many);
    }

    @Test
    void an_altered_or_future_time_stamp_does_nothing() {
        String body = driver.command(LI, OPS, "compose claude-relay", "t");
        String at = Long.toString(now.getEpochSecond());
        String later = Long.toString(now.getEpochSecond() + 1);
        String signature = SlackDriver.signature(at, body);
        assertThat(driver.send(listener.port(), body, later, signature, Map.of()).status())
                .isEqualTo(401);
        assertThat(driver.send(listener.port(), body, now.plusSeconds(302)).status())
                .isEqualTo(401);
        assertThat(driver.send(listener.port(), body, now.minusSeconds(302)).status())
                .isEqualTo(401);
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_signed_request_replayed_gives_nothing() {
        String body = driver.command(LI, OPS, "compose claude-relay", "t");
        assertThat(sends(body).body()).contains("run 7F3KQ: nothing is done before");
        String at = Long.toString(now.getEpochSecond());
        Answer again = driver.send(listener.port(), body, at, Map.of("X-Slack-Retry-Num", "1"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEmpty();
        assertThat(asked).hasValue(1);
        assertThat(posted()).isEmpty();
    }

    @Test
    void a_retry_signed_anew_finds_the_same_run() {
        String body = driver.command(LI, OPS, "compose claude-relay", "t");
        assertThat(sends(body).body()).contains("run 7F3KQ: nothing is done before");
        Answer again =
                driver.send(
                        listener.port(),
                        body,
                        Long.toString(now.getEpochSecond() + 60),
                        Map.of("X-Slack-Retry-Num", "1", "X-Slack-Retry-Reason", "http_timeout"));
        assertThat(again.body()).contains("that is run 7F3KQ already");
        assertThat(run().version()).isEqualTo(1);
    }

    @Test
    void a_retry_after_a_restart_finds_the_same_run() {
        String body = driver.command(LI, OPS, "compose claude-relay", "t");
        sends(body);
        served(this::counted);
        assertThat(sends(body).body()).contains("that is run 7F3KQ already");
        assertThat(run().version()).isEqualTo(1);
    }

    @Test
    void a_double_click_counts_once() {
        confirmed();
        assertThat(presses(ANNA, "approve", "t1").status()).isEqualTo(200);
        assertThat(presses(ANNA, "approve", "t2").status()).isEqualTo(200);
        assertThat(run().votes()).hasSize(1);
        whispered(2);
        assertThat(driver.whispers()).anyMatch(text -> text.contains("you approved it already"));
    }

    @Test
    void a_hundred_clicks_at_once_are_one_vote() throws Exception {
        confirmed();
        var clicks = new java.util.ArrayList<Callable<Answer>>();
        for (int click = 0; click < 100; click++) {
            String trigger = "t" + click;
            clicks.add(() -> presses(ANNA, "approve", trigger));
        }
        try (var people = Executors.newFixedThreadPool(20)) {
            for (var answer : people.invokeAll(clicks)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(run().votes()).hasSize(1);
        whispered(100);
    }

    @Test
    void who_may_not_is_told_the_rule_and_who_may_and_nobody_else_is() {
        confirmed();
        assertThat(presses(LI, "approve", "t1").body()).isEmpty();
        assertThat(presses(MAX, "approve", "t2").body()).isEmpty();
        whispered(2);
        assertThat(run().votes()).isEmpty();
        assertThat(driver.whispers())
                .allMatch(text -> text.contains("\"response_type\":\"ephemeral\""))
                .allMatch(text -> text.contains("anna, ben"))
                .anyMatch(text -> text.contains("nobody approves their own rollback"))
                .anyMatch(text -> text.contains("takes votes from L2 on, max is L1"));
        assertThat(posted()).isEmpty();
    }

    @Test
    void who_reads_chinese_in_slack_is_answered_and_refused_in_chinese() {
        reads("zh-CN");
        assertThat(types(LI, "compose claude-relay because 5xx").body())
                .contains("任务 7F3KQ：在 li 确认之前不会做任何事");
        confirmed();
        presses(LI, "approve", "t1");
        whispered(1);
        assertThat(driver.whispers().getFirst()).contains("不能批准自己发起的回滚", "请找其中一位：anna、ben");
        assertThat(driver.calls("users.info")).hasSize(1);
    }

    @Test
    void a_dialog_and_what_is_wrong_in_it_are_in_the_readers_language() {
        confirmed();
        reads("zh-CN");
        driver.answering("views.open", ok());
        presses(ANNA, "deny", "t1");
        Await.until("a dialog", () -> !driver.calls("views.open").isEmpty());
        String view = driver.calls("views.open").getFirst().get("view");
        assertThat(view).contains("拒绝这次回滚", "暂不", "所有审批人都会看到这里写的内容。");
        reads("zh-CN");
        String values = "{\"reason\": {\"value\": {\"value\": \"no\"}}}";
        assertThat(sends(driver.submission(MAX, "V1", view, values)).body())
                .contains("审批策略", "请找其中一位：anna、ben");
    }

    @Test
    void a_slack_that_does_not_say_who_reads_holds_up_no_answer() {
        driver.answering(
                "users.info",
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
        Answer answer = types(LI, "compose claude-relay because 5xx");
        assertThat(answer.body()).contains("run 7F3KQ: nothing is done before");
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void an_unknown_person_is_told_their_id_and_where_to_add_it() {
        Answer answer = types("U09NOBODY", "compose claude-relay");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("U09NOBODY")
                .contains("config/people.yml")
                .contains("accounts: {slack: U09NOBODY}");
        assertThat(asked).hasValue(0);
    }

    @Test
    void it_is_acknowledged_while_slow_work_still_goes_on() {
        Answer answer = types(LI, "plan compose claude-relay");
        assertThat(answer.body()).contains("Looking at compose/claude-relay");
        assertThat(driver.whispers()).isEmpty();
        planning.countDown();
        whispered(1);
        assertThat(driver.whispers().getFirst()).contains("Plan for compose/claude-relay");
    }

    @Test
    void a_fault_of_ours_is_told_to_that_person_and_slack_gets_no_500() {
        served(_ -> {
            throw new IllegalStateException("xoxb-secret is in here");
        });
        Answer typed = types(LI, "compose claude-relay");
        assertThat(typed.status()).isEqualTo(200);
        assertThat(typed.body()).contains("fault of Backout").doesNotContain("xoxb");
        Answer pressed = presses(ANNA, "approve", "t");
        assertThat(pressed.status()).isEqualTo(200);
        whispered(1);
        assertThat(driver.whispers().getFirst()).contains("fault of Backout");
    }

    @Test
    void where_the_answer_address_is_dead_or_not_slacks_the_whisper_goes_by_token() {
        confirmed();
        driver.answering("chat.postEphemeral", ok());
        String press =
                driver.press(MAX, OPS, "approve:7F3KQ:", "t")
                        .replace(
                                java.net.URLEncoder.encode(driver.responseUrl(), UTF_8),
                                "https%3A%2F%2Fhooks.slack.com.evil.example%2Fx");
        sends(press);
        Await.until("it went", () -> !driver.calls("chat.postEphemeral").isEmpty());
        var call = driver.calls("chat.postEphemeral").getFirst();
        assertThat(call.get("user")).isEqualTo(MAX);
        assertThat(call.get("channel")).isEqualTo(OPS);
        assertThat(driver.whispers()).isEmpty();
    }

    @Test
    void only_slacks_own_address_is_answered_to() {
        assertThat(api.isSlacks("https://hooks.slack.com/commands/T/1/x")).isTrue();
        assertThat(api.isSlacks(driver.responseUrl())).isTrue();
        assertThat(
                        List.of(
                                "http://hooks.slack.com/x",
                                "https://hooks.slack.com:444/x",
                                "https://hooks.slack.com.evil.example/x",
                                "https://hooks.slack.com@evil.example/x",
                                "https://x@hooks.slack.com/x",
                                "http://169.254.169.254/latest",
                                "file:///etc/passwd",
                                "not a url",
                                ""))
                .noneMatch(api::isSlacks);
    }

    @Test
    void a_dialog_that_does_not_open_is_said_in_words() {
        confirmed();
        driver.answering("views.open", json("{\"ok\": false, \"error\": \"expired_trigger_id\"}"));
        presses(ANNA, "deny", "t");
        whispered(1);
        assertThat(driver.whispers().getFirst()).contains("a no needs a reason");
    }

    @Test
    void a_refused_dialog_stays_open_and_says_why() {
        confirmed();
        driver.answering("views.open", json("{\"ok\": true, \"view\": {}}"));
        presses(ANNA, "deny", "t");
        Await.until("it opened", () -> driver.calls("views.open").size() == 1);
        String view = driver.calls("views.open").getFirst().get("view");
        String reason = "{\"reason\": {\"value\": {\"value\": \"no\"}}}";
        Answer refused = sends(driver.submission(MAX, "V1", view, reason));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body())
                .contains("\"response_action\":\"errors\"")
                .contains("\"reason\":")
                .contains("max is L1");
        assertThat(run().votes()).isEmpty();
    }

    @Test
    void deliveries_out_of_order_are_refused_politely() {
        assertThat(presses(ANNA, "approve", "t1").status()).isEqualTo(200);
        whispered(1);
        assertThat(driver.whispers().getFirst()).contains("there is no run");
    }

    @Test
    void what_was_typed_reaches_the_desk_without_slacks_formatting() {
        var texts = new java.util.concurrent.CopyOnWriteArrayList<String>();
        served(request -> {
            texts.add(((ChatRequest.Typed) request).text());
            throw Problem.stop(Phrase.of("seen"), Phrase.NONE);
        });
        types(LI, "x because &lt;!channel&gt; a &amp;amp; b");
        types(LI, "x because <@U02ANNA> <@U7|eve> <#C1|ops> <!here> <https://a.b|a.b>");
        types(LI, "x\u00a0y <mailto:a@b.c|a@b.c> <$(reboot)>");
        assertThat(texts)
                .containsExactly(
                        "x because <!channel> a &amp; b",
                        "x because @anna @eve #ops @here https://a.b",
                        "x y a@b.c $(reboot)");
    }

    @Test
    void a_mention_in_a_reason_mentions_nobody() {
        Answer answer = types(LI, "no-such &lt;!channel&gt; &lt;@U02ANNA&gt; `x`");
        assertThat(answer.body()).contains("\"text\":\"").doesNotContain("mrkdwn");
        String text =
                com.google.gson.JsonParser.parseString(answer.body())
                        .getAsJsonObject()
                        .get("text")
                        .getAsString();
        assertThat(text).doesNotContain("<!channel>").doesNotContain("<@U02ANNA>");
    }

    @Test
    void what_bolt_does_not_know_is_answered_and_does_nothing() throws IOException {
        assertThat(sends("payload=%7Bnot-json").status()).isEqualTo(400);
        assertThat(sends("payload=%7B%7D").status()).isEqualTo(200);
        assertThat(sends("hello").status()).isEqualTo(200);
        assertThat(sends("").status()).isEqualTo(200);
        // nobody waits for the body, so whoever goes on to send it may find the line cut
        assertThat(answerTo("Content-Length: 2000000", stamp(now), formed())).contains("413");
        assertThat(sends(driver.press(LI, OPS, "rm -rf:/", "t")).status()).isEqualTo(200);
        assertThat(asked).hasValue(0);
    }

    @Test
    void slack_is_never_asked_whose_token_this_is_while_people_wait() {
        types(LI, "status");
        types(LI, "help");
        confirmed();
        presses(ANNA, "approve", "t1");
        whispered(1);
        assertThat(posted()).isEmpty();
    }

    private static MockResponse ok() {
        return json("{\"ok\": true}");
    }

    private static MockResponse json(String body) {
        return new MockResponse(200, Headers.of("Content-Type", "application/json"), body);
    }

    /** The answer to a request of which no more than this is ever sent. */
    private String answerTo(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            String request = "POST /slack/events HTTP/1.1\r\nHost: a\r\n";
            request += String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            return in.readLine();
        }
    }

    private String stamp(Instant at) {
        return "X-Slack-Request-Timestamp: " + at.getEpochSecond();
    }

    private static String formed() {
        return "X-Slack-Signature: v0=" + "0123456789abcdef".repeat(4);
    }

    @Test
    void a_body_that_cannot_be_slacks_is_refused_before_any_of_it_is_read() throws IOException {
        String promised = "Content-Length: 60000";
        assertThat(answerTo(promised)).contains("401");
        assertThat(answerTo(promised, stamp(now))).contains("401");
        assertThat(answerTo(promised, formed())).contains("401");
        assertThat(answerTo(promised, stamp(now), formed() + "0")).contains("401");
        assertThat(answerTo(promised, stamp(now), formed().toUpperCase(Locale.ROOT)))
                .contains("401");
        assertThat(answerTo(promised, stamp(now.minusSeconds(302)), formed())).contains("401");
        assertThat(answerTo(promised, stamp(now.plusSeconds(302)), formed())).contains("401");
        assertThat(answerTo("Content-Length: 65537", stamp(now), formed())).contains("413");
    }

    @Test
    void a_body_of_no_length_is_read_to_64_kB_and_no_further() throws IOException {
        String piece = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n\r\n" + piece.repeat(17);
        assertThat(answerTo(stamp(now), formed(), chunked)).contains("413");
    }

    @Test
    void what_was_signed_before_the_start_is_refused_for_it_may_have_been_here() {
        String body = driver.command(LI, OPS, "help", "t");
        Instant captured = now;
        assertThat(sends(body).body()).contains("What can be said");

        now = now.plusSeconds(3);
        served(this::counted);

        Answer again = driver.send(listener.port(), body, captured);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).contains("before the bot was started");
        assertThat(asked).hasValue(1);
        assertThat(sends(body).status()).isEqualTo(200);
    }

    @Test
    void a_person_has_one_plan_made_at_a_time() {
        types(LI, "plan compose claude-relay");
        Await.until(
                "the second is refused",
                () ->
                        sends(driver.command(LI, OPS, "plan compose claude-relay", "t" + asked))
                                .body()
                                .contains("still being looked at"));
        planning.countDown();
    }
}
