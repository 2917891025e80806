package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.run.Condition;
import backout.run.Evidence.Finding;
import backout.run.HandClock;
import backout.run.LiveProgress;
import backout.run.Run;
import backout.run.RunId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

class ConsoleServletTest {
    private final HandClock clock = new HandClock();
    private final WebSite site = new WebSite(clock, false);

    @AfterEach
    void close() {
        site.close();
    }

    private Map<String, String> words(Browser.Answer page, String words) {
        return new HashMap<>(
                Map.of(
                        "csrf", page.field("csrf"),
                        "delivery", page.field("delivery"),
                        "words", words));
    }

    private RunId onlyRun() {
        return site.journal().recent(5).getFirst();
    }

    private Run run() {
        return Run.of(site.journal().read(onlyRun()));
    }

    private void awaitState(String state) {
        var feed = new Feed(site.journal(), _ -> Optional.empty(), _ -> Optional.empty());
        Await.until(
                state,
                () ->
                        feed.look(true).runs().stream()
                                .anyMatch(seen ->
                                        Mood.of(seen, clock.instant())
                                                .says()
                                                .toString()
                                                .equals(state)));
    }

    @Test
    void a_word_of_a_step_at_work_is_news_for_the_page_and_the_same_word_is_none() {
        var words = new AtomicReference<Optional<LiveProgress.Word>>(Optional.empty());
        var feed = new Feed(site.journal(), _ -> Optional.empty(), _ -> words.get());
        site.as("li").say("compose claude-relay");
        awaitState("waits for confirmation by li");
        long before = feed.look(true).version();
        words.set(Optional.of(new LiveProgress.Word(0, Phrase.verbatim("40 %"))));
        long after = feed.look(true).version();
        assertThat(after).isGreaterThan(before);
        assertThat(feed.look(true).version()).isEqualTo(after);
    }

    private Browser.Answer press(Browser browser, String action) {
        var page = browser.get("/");
        return browser.post(
                "/press",
                Map.of(
                        "csrf",
                        page.field("csrf"),
                        "delivery",
                        page.field("delivery"),
                        "press",
                        action + ":" + onlyRun() + ":" + run().plan().hash()));
    }

    @Test
    void typed_confirmed_and_approved_by_another_it_is_done_and_proven() {
        var li = site.as("li");
        var begun = li.say("/rollback compose claude-relay because 5xx");
        assertThat(begun.header("Location")).startsWith("/?at=run-" + onlyRun());
        assertThat(run().request().place()).isEqualTo("web:console");
        awaitState("waits for confirmation by li");
        assertThat(press(li, "confirm").status()).isEqualTo(303);
        awaitState("waits for 1 vote");
        assertThat(press(site.as("anna"), "approve").status()).isEqualTo(303);
        awaitState("proven");
        assertThat(li.get("/").body()).contains("done and proven", "Step log", "anna approved");
    }

    @Test
    void a_refusal_is_told_to_who_asked_and_to_nobody_else() {
        var li = site.as("li");
        li.say("compose claude-relay");
        awaitState("waits for confirmation by li");
        press(li, "confirm");
        awaitState("waits for 1 vote");
        press(li, "approve");
        assertThat(li.get("/").body())
                .contains("nobody approves their own rollback", "Ask one of: anna, ben, dora");
        assertThat(site.as("anna").get("/").body()).doesNotContain("nobody approves");
    }

    @Test
    void a_form_that_is_sent_twice_is_one_request() throws InterruptedException {
        var li = site.as("li");
        var fields = words(li.get("/"), "compose claude-relay");
        List<Callable<Integer>> twice =
                IntStream.range(0, 10)
                        .<Callable<Integer>>mapToObj(_ -> () -> li.post("/say", fields).status())
                        .toList();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(hands.invokeAll(twice)).allMatch(one -> one.resultNow() == 303);
        }
        assertThat(site.taken).hasValue(1);
        assertThat(site.journal().recent(5)).hasSize(1);
    }

    @Test
    void the_same_delivery_in_a_new_session_finds_the_same_run() {
        var li = site.as("li");
        var fields = words(li.get("/"), "compose claude-relay");
        li.post("/say", fields);
        var again = site.as("li");
        fields.put("csrf", again.get("/").field("csrf"));
        again.post("/say", fields);
        assertThat(site.journal().recent(5)).hasSize(1);
        assertThat(again.get("/").body()).contains("that is run " + onlyRun() + " already");
    }

    @Test
    void what_is_missing_is_asked_for_and_what_was_filled_in_stays() {
        var li = site.as("li");
        li.say("compose");
        var page = li.get("/");
        assertThat(page.body()).contains("What to roll back", "claude-relay", "gateway");
        var form =
                new HashMap<>(
                        Map.of(
                                "csrf",
                                page.field("csrf"),
                                "delivery",
                                page.field("delivery"),
                                "notice",
                                "n1",
                                "value-target",
                                "nowhere"));
        li.post("/form", form);
        assertThat(li.get("/").body()).contains("there is no target &quot;nowhere&quot;");
        form.put("value-target", "gateway");
        form.put("delivery", "another-delivery");
        assertThat(li.post("/form", form).header("Location")).contains("run-" + onlyRun());
        assertThat(li.post("/form", form).status()).isEqualTo(303);
        assertThat(site.journal().recent(5)).hasSize(1);
    }

    @Test
    void a_denial_asks_why_and_empty_is_no_reason() {
        var li = site.as("li");
        li.say("compose claude-relay");
        awaitState("waits for confirmation by li");
        press(li, "confirm");
        awaitState("waits for 1 vote");
        var anna = site.as("anna");
        press(anna, "deny");
        var page = anna.get("/");
        assertThat(page.body()).contains("Deny the rollback");
        var form =
                new HashMap<>(
                        Map.of(
                                "csrf",
                                page.field("csrf"),
                                "delivery",
                                page.field("delivery"),
                                "notice",
                                "n1",
                                "value-reason",
                                "   "));
        anna.post("/form", form);
        assertThat(anna.get("/").body()).contains("&quot;Why&quot; is empty");
        form.put("value-reason", "wrong one");
        form.put("delivery", "another-delivery");
        anna.post("/form", form);
        awaitState("not done");
        assertThat(li.get("/").body()).contains("denied by anna: wrong one");
    }

    @Test
    void a_plan_is_looked_for_and_shown_when_it_is_there() {
        site.service.hold("plan");
        var li = site.as("li");
        li.say("plan compose claude-relay");
        assertThat(li.get("/").body()).contains("Looking at compose/claude-relay", "Look whether");
        site.service.release("plan");
        Await.until("the plan", () -> li.get("/").body().contains("nothing is done"));
        assertThat(li.get("/").body()).contains("To ask for it, say:", ">compose claude-relay</");
        assertThat(site.journal().recent(5)).isEmpty();
    }

    @Test
    void a_post_without_the_token_or_from_elsewhere_does_nothing() {
        var li = site.as("li");
        var page = li.get("/");
        var fields = words(page, "compose claude-relay");
        var forged = new HashMap<>(fields);
        forged.put("csrf", site.as("anna").get("/").field("csrf"));
        assertThat(li.post("/say", forged).status()).isEqualTo(403);
        forged.remove("csrf");
        assertThat(li.post("/say", forged).status()).isEqualTo(403);
        var nameless = new HashMap<>(fields);
        nameless.remove("delivery");
        assertThat(li.post("/say", nameless).status()).isEqualTo(400);
        assertThat(li.with("Origin", "http://evil.example").post("/say", fields).status())
                .isEqualTo(403);
        assertThat(li.with("Origin", "null").post("/say", fields).status()).isEqualTo(403);
        li.with("Origin", "");
        for (String from : List.of("cross-site", "same-site", "none")) {
            assertThat(li.with("Sec-Fetch-Site", from).post("/say", fields).status())
                    .isEqualTo(403);
        }
        assertThat(site.taken).hasValue(0);
        assertThat(li.with("Sec-Fetch-Site", "").post("/say", fields).status()).isEqualTo(303);
        assertThat(site.taken).hasValue(1);
    }

    @Test
    void another_host_name_gets_nothing() {
        var li = site.as("li");
        for (String host :
                List.of("evil.example", "evil.example:" + site.port(), "localhost.evil")) {
            var answer = li.with("Host", host).get("/");
            assertThat(answer.status()).isIn(400, 421);
            assertThat(answer.body()).doesNotContain("claude-relay");
        }
        for (String host : List.of(Guard.OWN, "Backout.localhost:1", "Console.Example:443")) {
            assertThat(li.with("Host", host).get("/signin").status()).isEqualTo(200);
        }
    }

    /** A cookie knows no port: under these names other services would be sent it. */
    @Test
    void a_name_that_other_services_share_leads_to_the_consoles_own() {
        for (String name : List.of("localhost", "127.0.0.1", "[::1]", "LocalHost")) {
            String link = site.links.make("li");
            var browser = new Browser(site.port()).with("Host", name + ":8181");
            for (String path : List.of("/", "/signin", link, "/run/AAAAA?at=x", "/console.css")) {
                var answer = browser.get(path);
                assertThat(answer.status()).isEqualTo(303);
                assertThat(answer.header("Location"))
                        .isEqualTo("http://backout.localhost:8181" + path);
            }
            var in =
                    browser.with("Origin", "http://" + name + ":8181")
                            .post("/signin", Map.of("token", link.substring("/signin/".length())));
            assertThat(in.status()).isEqualTo(421);
            assertThat(in.header("Set-Cookie")).isEmpty();
            assertThat(site.links.peek(link.substring("/signin/".length()))).contains("li");
        }
        assertThat(new Browser(site.port()).with("Host", "127.0.0.1").get("/").header("Location"))
                .isEqualTo("http://backout.localhost/");
    }

    @Test
    void the_address_that_is_printed_has_the_name_of_its_own_where_it_is_this_machines() {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::]")) {
            assertThat(ConsoleServlet.browsed(host, 1)).isEqualTo("http://backout.localhost:1");
        }
        assertThat(ConsoleServlet.browsed("192.0.2.7", 1)).isEqualTo("http://192.0.2.7:1");
    }

    @Test
    void addresses_and_methods_that_are_not_there() {
        var li = site.as("li");
        for (String path :
                List.of(
                        "/nowhere",
                        "/console.css/x",
                        "/run/xyz",
                        "/run/AAAAA",
                        "/target/compose/no",
                        "//",
                        "/..")) {
            assertThat(li.get(path).status()).as(path).isIn(400, 404);
        }
        assertThat(li.send("PUT", "/", Optional.of("")).status()).isEqualTo(405);
        assertThat(li.send("DELETE", "/say", Optional.empty()).header("Allow")).isEqualTo("POST");
        assertThat(li.get("/say").status()).isEqualTo(405);
        assertThat(li.post("/", Map.of()).status()).isEqualTo(405);
        assertThat(li.post("/nowhere", Map.of()).status()).isEqualTo(404);
        var head = li.send("HEAD", "/", Optional.empty());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_body_that_is_too_long_or_no_form_is_not_read() {
        var li = site.as("li");
        var fields = words(li.get("/"), "x".repeat(Exchange.MOST_BYTES));
        try {
            assertThat(li.post("/say", fields).status()).isEqualTo(413);
        } catch (UncheckedIOException cut) {
            assertThat(cut).hasMessageContaining("reset");
        }
        assertThat(li.with("Content-Type", "application/json").post("/say", Map.of()).status())
                .isEqualTo(415);
        li.with("Content-Type", "");
        assertThat(li.send("POST", "/say", Optional.of("csrf=%zz")).status()).isEqualTo(400);
        assertThat(site.taken).hasValue(0);
    }

    @Test
    void pages_forbid_foreign_code_frames_and_caches() {
        var page = site.as("li").get("/");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(
                        """
                        default-src 'none'; script-src 'self'; style-src 'self'; connect-src \
                        'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\
                        """);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.body()).doesNotContain(" style=", "<style", "onclick");
    }

    @Test
    void style_and_script_come_from_the_jar_and_are_kept() {
        var li = site.as("li");
        var script = li.get("/console.js");
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        assertThat(li.with("If-None-Match", script.header("ETag")).get("/console.js").status())
                .isEqualTo(304);
    }

    @Test
    void a_script_in_a_reason_a_log_line_and_a_command_stays_text() {
        String evil = "<script>alert(1)</script>";
        site.service.logs(evil);
        site.service.after(Finding.UNWELL);
        var li = site.as("li");
        li.say("compose gateway because " + evil);
        li.say(evil);
        awaitState("waits for confirmation by li");
        press(li, "confirm");
        awaitState("a person must decide");
        String page = li.get("/").body();
        assertThat(page).doesNotContain("<script>", "alert(1)</script>");
        assertThat(page.split("&lt;script&gt;", -1)).hasSizeGreaterThan(4);
        assertThat(li.get("/complete?words=%3Cscript%3E").body()).doesNotContain("<script");
    }

    @Test
    void completion_knows_commands_targets_and_releases() {
        site.journal().append(WebSite.RELAY, site.service.past());
        var li = site.as("li");
        assertThat(li.get("/complete?words=com").body()).contains("data-line=\"compose \"");
        assertThat(li.get("/complete?words=%2Frollback%20com").body())
                .contains("data-line=\"/rollback compose \"");
        assertThat(li.get("/complete?words=compose%20cl").body())
                .contains("compose claude-relay ")
                .contains("[to RELEASE]");
        assertThat(li.get("/complete?words=compose%20claude-relay%20to%20").body())
                .contains("1.1.174")
                .doesNotContain("1.1.160");
        assertThat(new Browser(site.port()).get("/complete?words=c").status()).isEqualTo(401);
    }

    @Test
    void a_target_shows_its_ledger_its_lock_and_its_plans() {
        site.journal().append(WebSite.RELAY, site.service.past());
        var li = site.as("li");
        String page = li.get("/target/compose/claude-relay").body();
        assertThat(page)
                .contains("1.1.182 (runs)", "good", "bad: leaks memory", "1 vote from L2")
                .contains("plan compose claude-relay to 1.1.174")
                .contains("Ask for the rollback", "value=\"compose claude-relay\"")
                .doesNotContain("to 1.1.160", "Unlock");
        site.journal()
                .append(
                        WebSite.RELAY,
                        List.of(
                                new TargetEvent.Locked(
                                        clock.instant(), "li", Phrase.of("rolled back"), "7F3KQ")));
        var anna = site.as("anna");
        var locked = anna.get("/target/compose/claude-relay");
        assertThat(locked.body()).contains("locked by li", "Lift the lock");
        anna.post(
                "/say",
                Map.of(
                        "csrf",
                        locked.field("csrf"),
                        "delivery",
                        locked.field("delivery"),
                        "words",
                        "unlock compose/claude-relay",
                        "because",
                        "fixed in 1.1.183"));
        assertThat(anna.get("/").body()).contains("may go forward again, said anna");
    }

    @Test
    void how_a_target_is_stands_on_the_channel_and_on_its_page() {
        site.journal().append(WebSite.RELAY, site.service.past());
        var now = clock.instant();
        site.journal()
                .note(
                        WebSite.RELAY,
                        new Condition(
                                now,
                                "sha256:none",
                                Finding.UNWELL,
                                now,
                                Phrase.verbatim("GET /health 500"),
                                Phrase.verbatim("went forward although locked")));
        var li = site.as("li");
        for (String path : List.of("/", "/target/compose/claude-relay")) {
            assertThat(li.get(path).body())
                    .contains("unwell since ")
                    .contains(": GET /health 500")
                    .contains("went forward although locked");
        }
        assertThat(li.get("/").body()).contains("<span class=\"badge poor\">unwell</span>");
    }

    private String presses(String person) {
        return site.as(person).get("/run/" + onlyRun()).body();
    }

    private static String value(String action) {
        return "value=\"" + action + ":";
    }

    @Test
    void each_sees_the_buttons_that_they_may_press_and_who_may_press_the_rest() {
        var li = site.as("li");
        li.say("compose claude-relay");
        awaitState("waits for confirmation by li");
        assertThat(presses("li"))
                .contains(value("confirm"), value("cancel"))
                .doesNotContain("Not for you");
        assertThat(presses("anna"))
                .contains(value("cancel"), "Not for you: Confirm (li)")
                .doesNotContain(value("confirm"));
        press(li, "confirm");
        awaitState("waits for 1 vote");
        assertThat(presses("li"))
                .contains(value("deny"), value("cancel"), "Not for you: Approve (anna, ben, dora)")
                .doesNotContain(value("approve"));
        assertThat(presses("anna"))
                .contains(value("approve"), value("deny"), value("cancel"))
                .doesNotContain("Not for you");
        press(li, "cancel");
        awaitState("not done");
        assertThat(presses("li")).doesNotContain(value("cancel"), "Not for you");
    }

    @Test
    void a_target_offers_what_one_may_ask_for_now() {
        site.journal().append(WebSite.RELAY, site.service.past());
        var now = clock.instant();
        var lock = new TargetEvent.Locked(now, "li", Phrase.of("rolled back"), "7F3KQ");
        site.journal().append(WebSite.RELAY, List.of(lock));
        var li = site.as("li");
        assertThat(li.get("/target/compose/claude-relay").body())
                .contains("Ask for the rollback", "Not for you: Unlock… (anna, ben, dora)")
                .doesNotContain("Lift the lock");
        li.say("compose claude-relay");
        assertThat(site.as("anna").get("/target/compose/claude-relay").body())
                .contains("Lift the lock", "run " + onlyRun() + " of li holds it")
                .doesNotContain("Ask for the rollback", "Not for you");
    }

    @Test
    void what_is_not_for_ones_level_is_refused_with_who_may() {
        var li = site.as("li");
        li.say("unlock claude-relay");
        assertThat(li.get("/").body())
                .contains("is for L2 and above, li is L1", "ask one of: anna, ben, dora");
    }
}
