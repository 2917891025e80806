package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Vote;
import backout.fixture.Await;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** The list of all runs, and the doctor. */
class RunsPageTest {
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final TargetName GATEWAY = new TargetName("compose", "gateway");

    private final HandClock clock = new HandClock();
    private final WebSite site = new WebSite(clock, false);
    private int begun;

    @AfterEach
    void close() {
        site.close();
    }

    private RunId asked(TargetName target, String by) {
        int n = begun++;
        var id =
                new RunId(
                        "AAA"
                                + LETTERS.charAt(n / LETTERS.length())
                                + LETTERS.charAt(n % LETTERS.length()));
        site.journal()
                .begin(
                        new RunEvent.Requested(
                                clock.instant(),
                                id,
                                "of " + id,
                                by,
                                target,
                                "compose",
                                "compose " + target.name(),
                                "5xx",
                                Map.of(),
                                ""));
        clock.pass(Duration.ofMinutes(1));
        return id;
    }

    private RunId over(TargetName target, String by, Outcome.Result result) {
        RunId id = asked(target, by);
        var outcome = new Outcome(result, Phrase.of("It is over."), Phrase.NONE);
        site.journal()
                .append(
                        id,
                        1,
                        List.of(new RunEvent.Finished(clock.instant(), outcome)),
                        List.of(),
                        null);
        return id;
    }

    /** The runs that a page links to, from top to bottom. */
    private static List<String> runs(Browser.Answer page) {
        var found = new ArrayList<String>();
        var links = Pattern.compile("href=\"/run/([A-Z0-9]{5})\"").matcher(page.body());
        while (links.find()) {
            found.add(links.group(1));
        }
        return found;
    }

    private static String link(Browser.Answer page, String text) {
        var link = Pattern.compile("<a href=\"([^\"]*)\">" + text).matcher(page.body());
        assertThat(link.find()).as(text).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    @Test
    void all_runs_are_paged_and_each_link_works() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < RunsPage.MOST * 2 + 3; n++) {
            ids.add(over(GATEWAY, "li", Outcome.Result.PROVEN).text());
        }
        var li = site.as("li");
        var first = li.get("/runs");
        var second = li.get(link(first, "Older"));
        var third = li.get(link(second, "Older"));
        var all = new ArrayList<>(runs(first));
        all.addAll(runs(second));
        all.addAll(runs(third));
        assertThat(all).containsExactlyElementsOf(ids.reversed());
        assertThat(third.body()).doesNotContain("Older");
        assertThat(runs(li.get(link(third, "The newest")))).isEqualTo(runs(first));
        assertThat(li.get("/run/" + ids.getFirst()).body()).contains("It is over.");
    }

    @Test
    void those_that_are_open_stand_first_in_the_list_and_in_the_channel() {
        RunId open = asked(WebSite.RELAY, "anna");
        RunId over = over(GATEWAY, "li", Outcome.Result.UNDONE);
        var li = site.as("li");
        assertThat(runs(li.get("/runs"))).containsExactly(open.text(), over.text());
        assertThat(li.get("/").body()).containsSubsequence("id=\"run-" + open, "id=\"run-" + over);
    }

    @Test
    void they_are_filtered_by_target_person_result_and_since_when() {
        RunId old = over(WebSite.RELAY, "li", Outcome.Result.PROVEN);
        clock.pass(Duration.ofDays(10));
        RunId undone = over(WebSite.RELAY, "anna", Outcome.Result.UNDONE);
        RunId gateway = over(GATEWAY, "li", Outcome.Result.PROVEN);
        RunId voted = asked(GATEWAY, "ben");
        var vote = new Vote(clock.instant(), "dora", 3, false, "plan", "no", "");
        site.journal()
                .append(
                        voted,
                        1,
                        List.of(new RunEvent.Voted(clock.instant(), vote)),
                        List.of(),
                        null);
        var li = site.as("li");
        assertThat(runs(li.get("/runs?target=compose%2Fclaude-relay")))
                .containsExactly(undone.text(), old.text());
        assertThat(runs(li.get("/runs?by=li"))).containsExactly(gateway.text(), old.text());
        assertThat(runs(li.get("/runs?by=dora"))).containsExactly(voted.text());
        assertThat(runs(li.get("/runs?result=undone"))).containsExactly(undone.text());
        assertThat(runs(li.get("/runs?result=open"))).containsExactly(voted.text());
        assertThat(runs(li.get("/runs?since=7d&result=proven"))).containsExactly(gateway.text());
        var none = li.get("/runs?by=nobody");
        assertThat(runs(none)).isEmpty();
        assertThat(none.body()).contains("No run is like that.", "value=\"nobody\" selected");
    }

    @Test
    void what_is_no_filter_is_said_and_what_is_no_run_is_not_found() {
        var li = site.as("li");
        assertThat(li.get("/runs?since=yesterday").body())
                .contains("&quot;yesterday&quot; is not understood here", "2026-03-01");
        assertThat(li.get("/runs?target=nothing").body()).contains("nothing");
        assertThat(li.get("/runs?before=x").status()).isEqualTo(404);
        assertThat(li.get("/runs?by=%3Cscript%3E").body()).doesNotContain("<script>");
    }

    private Browser.Answer examines(Browser person) {
        var page = person.get("/doctor");
        var sent =
                person.post(
                        "/examine",
                        Map.of("csrf", page.field("csrf"), "delivery", page.field("delivery")));
        assertThat(sent.header("Location")).isEqualTo("/doctor");
        return person.get("/doctor");
    }

    @Test
    void the_doctor_looks_at_a_press_and_nobody_waits_for_it() {
        var goOn = new CountDownLatch(1);
        site.doctor =
                tell -> {
                    tell.accept(
                            part("compose/gateway", Diagnosis.well(Phrase.of("its checks hold"))));
                    await(goOn);
                    tell.accept(
                            part(
                                    "Slack",
                                    Diagnosis.unwell(Phrase.of("no token"), Phrase.of("set it"))));
                };
        var li = site.as("li");
        assertThat(li.get("/doctor").body()).contains("Look now").doesNotContain("looking");
        var page = examines(li);
        assertThat(page.header("Refresh")).isEqualTo("2");
        Await.until(
                "the first is told", () -> li.get("/doctor").body().contains("its checks hold"));
        var anna = site.as("anna").get("/doctor").body();
        assertThat(anna).contains("It is looking", "Asked for by li").doesNotContain("Look now");
        goOn.countDown();
        Await.until("it is over", () -> li.get("/doctor").body().contains("no token"));
        Await.until("it is over", () -> li.get("/doctor").body().contains("Look now"));
        assertThat(li.get("/doctor").body()).contains("set it", "class=\"failed\"");
    }

    private static Doctor.Part part(String of, Diagnosis found) {
        return new Doctor.Part(Phrase.verbatim(of), List.of(found));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_doctor_that_breaks_is_no_doctor_that_found_nothing() {
        site.doctor =
                _ -> {
                    throw new IllegalStateException("ours");
                };
        var li = site.as("li");
        examines(li);
        Await.until(
                "it is said",
                () -> li.get("/doctor").body().contains("it ended here by a fault of Backout"));
    }

    @Test
    void who_is_not_signed_in_sees_neither_and_cannot_have_it_looked() {
        var stranger = new Browser(site.port());
        assertThat(stranger.get("/runs").header("Location")).isEqualTo("/signin");
        assertThat(stranger.get("/doctor").header("Location")).isEqualTo("/signin");
        assertThat(stranger.post("/examine", Map.of()).status()).isEqualTo(401);
        assertThat(site.as("li").post("/examine", Map.of()).status()).isIn(400, 403);
    }
}
