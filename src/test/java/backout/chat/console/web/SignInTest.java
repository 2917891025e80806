package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.command.Site;
import backout.fixture.Folders;
import backout.problem.ProblemException;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class SignInTest {
    private final HandClock clock = new HandClock();
    private final WebSite site = new WebSite(clock, false);

    @AfterEach
    void close() {
        site.close();
    }

    private static Map<String, String> token(String link) {
        return Map.of("token", link.substring("/signin/".length()));
    }

    @Test
    void a_link_signs_in_once_and_looking_at_it_does_not_use_it() {
        String link = site.links.make("li");
        var browser = new Browser(site.port());
        for (int look = 0; look < 3; look++) {
            assertThat(browser.get(link).body()).contains("Sign in as li");
        }
        assertThat(browser.cookie()).isEmpty();
        var in = browser.post("/signin", token(link));
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(browser.get("/").body()).contains("li · L1");

        var thief = new Browser(site.port());
        assertThat(thief.post("/signin", token(link)).status()).isEqualTo(410);
        assertThat(thief.get(link).status()).isEqualTo(410);
        assertThat(thief.get("/").header("Location")).isEqualTo("/signin");
    }

    @Test
    void of_many_who_use_a_link_at_once_one_is_signed_in()
            throws InterruptedException, ExecutionException {
        String link = site.links.make("li");
        List<Callable<Integer>> all =
                IntStream.range(0, 20)
                        .<Callable<Integer>>mapToObj(_ ->
                                () ->
                                        new Browser(site.port())
                                                .post("/signin", token(link))
                                                .status())
                        .toList();
        int won = 0;
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : people.invokeAll(all)) {
                won += one.get() == 303 ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void a_link_is_good_for_ten_minutes() {
        String link = site.links.make("li");
        clock.pass(SignInLinks.GOOD_FOR.minusSeconds(1));
        assertThat(new Browser(site.port()).get(link).status()).isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));
        assertThat(new Browser(site.port()).get(link).status()).isEqualTo(410);
        assertThat(new Browser(site.port()).post("/signin", token(link)).status()).isEqualTo(410);
    }

    @Test
    void a_link_of_another_process_is_known_and_its_file_tells_no_token() throws IOException {
        String link = new SignInLinks(site.home().resolve("var"), clock).make("anna");
        Path folder = site.home().resolve("var/signin");
        try (var files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString() + Files.readString(file))
                    .doesNotContain(token(link).get("token"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(new Browser(site.port()).get(link).body()).contains("Sign in as anna");
    }

    @Test
    void unused_links_are_bounded_and_expired_ones_swept() throws IOException {
        for (int made = 0; made < SignInLinks.MOST; made++) {
            site.links.make("li");
        }
        assertThatThrownBy(() -> site.links.make("li")).isInstanceOf(ProblemException.class);
        clock.pass(SignInLinks.GOOD_FOR);
        site.links.make("li");
        try (var files = Files.list(site.home().resolve("var/signin"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void no_word_of_a_stranger_is_a_file_name() {
        var browser = new Browser(site.port());
        for (String path :
                List.of("/signin/..%2f..%2fconfig", "/signin/x", "/signin/" + "a".repeat(43))) {
            assertThat(browser.get(path).status()).isIn(400, 404, 410);
        }
    }

    @Test
    void a_session_ends_after_twelve_hours_and_at_sign_out() {
        var li = site.as("li");
        clock.pass(Sessions.LAST.minusSeconds(1));
        assertThat(li.get("/").status()).isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));
        assertThat(li.get("/").status()).isEqualTo(303);

        var anna = site.as("anna");
        String cookie = anna.cookie();
        var page = anna.get("/");
        anna.post(
                "/signout", Map.of("csrf", page.field("csrf"), "delivery", page.field("delivery")));
        assertThat(anna.cookie(cookie).get("/").status()).isEqualTo(303);
    }

    @Test
    void who_is_removed_from_the_people_has_no_session_and_no_link() {
        var li = site.as("li");
        String link = site.links.make("li");
        Site old = site.site;
        var people = new LinkedHashMap<>(old.people());
        people.remove("li");
        site.site = new Site(old.commands(), old.targets(), people, old.policies());
        assertThat(li.get("/").status()).isEqualTo(303);
        assertThat(li.get("/events").status()).isEqualTo(401);
        assertThat(new Browser(site.port()).get(link).status()).isEqualTo(410);
        assertThat(new Browser(site.port()).post("/signin", token(link)).status()).isEqualTo(410);
    }

    @Test
    void a_restart_signs_nobody_out_and_an_open_page_goes_on() throws IOException {
        var li = site.as("li");
        var page = li.get("/");
        String cookie = li.cookie();
        String token = cookie.substring(cookie.indexOf('=') + 1);
        var restarted = new Sessions(site.links.sessions(), _ -> true, clock, () -> 1);
        Session session = restarted.of(token).orElseThrow();
        assertThat(session.person()).isEqualTo("li");
        assertThatCode(() -> session.checkToken(Map.of("csrf", page.field("csrf"))))
                .doesNotThrowAnyException();
        try (var files = Files.list(site.home().resolve("var/sessions"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName() + Files.readString(file)).doesNotContain(token);
        }

        clock.pass(Sessions.LAST);
        assertThat(new Sessions(site.links.sessions(), _ -> true, clock, () -> 1).of(token))
                .isEmpty();
    }

    @Test
    void who_signed_out_stays_so_after_a_restart() {
        var sessions = new Sessions(site.links.sessions(), _ -> true, clock, () -> 1);
        String token = sessions.begin("li");
        sessions.end(sessions.of(token).orElseThrow());
        assertThat(new Sessions(site.links.sessions(), _ -> true, clock, () -> 1).of(token))
                .isEmpty();
    }

    @Test
    void sessions_are_bounded_and_the_oldest_ends() {
        var sessions = new Sessions(site.links.sessions(), _ -> true, clock, () -> 1);
        String first = sessions.begin("li");
        for (int more = 0; more < Sessions.MOST; more++) {
            clock.pass(Duration.ofSeconds(1));
            sessions.begin("li");
        }
        assertThat(sessions.of(first)).isEmpty();
        assertThat(new Sessions(site.links.sessions(), _ -> true, clock, () -> 1).of(first))
                .isEmpty();
    }

    @Test
    void nobody_becomes_somebody_else_outside_the_demo() {
        var li = site.as("li");
        var page = li.get("/");
        var fields =
                Map.of(
                        "csrf",
                        page.field("csrf"),
                        "delivery",
                        page.field("delivery"),
                        "person",
                        "dora");
        assertThat(li.post("/demo", fields).status()).isEqualTo(403);
        assertThat(new Browser(site.port()).post("/demo", fields).status()).isEqualTo(403);
        assertThat(li.get("/").body()).contains("li · L1").doesNotContain("I am");
    }

    @Test
    void in_the_demo_anybody_is_anybody() {
        try (var demo = new WebSite(clock, true)) {
            var browser = new Browser(demo.port());
            assertThat(browser.get("/signin").body())
                    .contains("Who are you?", "Begin as li", "dora");
            assertThat(browser.post("/demo", Map.of("person", "dora")).status()).isEqualTo(303);
            var page = browser.get("/");
            assertThat(page.body()).containsPattern("value=\"dora\"[^>]*aria-pressed");
            assertThat(page.body())
                    .contains(
                            "compose claude-relay because 5xx after the release",
                            "As li, type",
                            "Become anna at the top of the page");
            var become = Map.of("csrf", page.field("csrf"), "person", "li");
            assertThat(browser.post("/demo", become).status()).isEqualTo(303);
            assertThat(browser.post("/demo", Map.of("person", "nobody")).status()).isEqualTo(403);
            assertThat(browser.post("/demo", Map.of("person", "anna", "csrf", "wrong")).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_link_made_in_a_future_that_the_clock_left_is_not_good() {
        String link = site.links.make("li");
        clock.pass(Duration.ofMinutes(-30));
        assertThat(new Browser(site.port()).get(link).status()).isEqualTo(410);
    }

    @Test
    void a_broken_link_file_is_no_link() throws IOException {
        Path folder = Folders.make("links");
        try {
            var links = new SignInLinks(folder, clock);
            String link = links.make("li");
            try (var files = Files.list(folder.resolve("signin"))) {
                Files.writeString(files.findFirst().orElseThrow(), "li");
            }
            assertThat(links.use(link.substring("/signin/".length()))).isEmpty();
        } finally {
            Folders.delete(folder);
        }
    }
}
