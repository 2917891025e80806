package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.dns.Records;
import backout.executor.dns.DnsExecutor;
import backout.fixture.Await;
import backout.fixture.Bind;
import backout.fixture.Folders;
import backout.fixture.Places;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Outcome.Result;
import backout.run.Run;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Names of a service are led to its standby, from the words to the end, at real BINDs. */
class DnsRollbackTest {
    private static final String FORMER = "127.0.9.1";
    private static final String STANDBY = "127.0.9.2";

    private static final String FORMER_RECORDS =
            "vidfab.test. 300 A 127.0.9.1 | vidfab.test. 300 AAAA 2001:db8:0:0:0:0:0:1 |"
                + " vidfab.test. 300 HTTPS 1 . alpn=h2 ipv4hint=127.0.9.1 | www.vidfab.test. 120"
                + " CNAME old.vidfab.test. | *.vidfab.test. 300 A 127.0.9.1";

    private static Bind primary;

    private final Places places = new Places().answering(FORMER, 500).answering(STANDBY, 200);
    private final Path home = Folders.make("dns-home");
    private final InstantSource clock = InstantSource.system();

    @BeforeAll
    static void start() {
        primary = Bind.primary();
    }

    @AfterAll
    static void stop() {
        primary.close();
    }

    @BeforeEach
    void write() throws IOException {
        primary.again();
        primary.reset();
        config("backout.yml", "language: en\nstore: {dir: %s}\n".formatted(home.resolve("var")));
        config("people.yml", "people:\n  li: {level: L2}\n  anna: {level: L2}\n");
        config("approvals.yml", "policies:\n  open: {votes: 0}\n");
        config("key", Bind.KEY);
        target("", primary.address());
        Files.createDirectories(home.resolve("commands"));
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                Files.writeString(
                        home.resolve("commands").resolve(file.getFileName()),
                        Files.readString(file).replace("within 60s", "within 1s"));
            }
        }
    }

    @AfterEach
    void close() {
        places.close();
        Folders.delete(home);
    }

    private void config(String file, String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config").resolve(file), text);
    }

    private void target(String more, String... servers) throws IOException {
        config(
                "targets.yml",
                """
                targets:
                  dns/vidfab:
                    policy: open
                    good-after: 5s
                    soak: 0s
                    zone: VidFab.test
                    names: ["@", WWW.vidfab.test., "*"]
                    standby: [%s]
                    servers: [%s]
                    resolvers: [%s]
                    key: file:%s
                    url: http://vidfab.test:%d
                %s
                """
                        .formatted(
                                STANDBY,
                                String.join(", ", servers),
                                primary.address(),
                                home.resolve("config/key"),
                                places.port(),
                                more));
    }

    /** As {@code serve} notes it while it watches. */
    private void seen(String records) {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            String id = Records.parse(records).identity();
            var seen = new TargetEvent.Seen(clock.instant(), id, records, FORMER, "");
            store.journal()
                    .append(
                            new TargetName("dns", "vidfab"),
                            List.of(seen, new TargetEvent.FoundGood(clock.instant(), id, "")));
        }
    }

    private Seat run(String... arguments) {
        var seat = seat();
        seat.run(arguments);
        return seat;
    }

    private Seat seat() {
        var executor =
                DnsExecutor.of(
                        new Workplace(
                                Hosts.local(),
                                "unix:///none",
                                home.resolve("var"),
                                clock,
                                System::nanoTime,
                                _ -> {}));
        return new Seat(home, executor, clock);
    }

    private Seat plan() {
        return run("plan", "dns vidfab");
    }

    private Seat rollback(String... words) {
        return run("run", "dns vidfab because 5xx", "--as", "li", "--yes");
    }

    /** Li takes it back when asked. */
    private Seat switchedAndUndone() {
        var seat = seat().start("run", "dns vidfab because 5xx", "--as", "li", "--yes");
        Await.until("it asks", () -> seat.text().contains("Waits until"));
        assertThat(run("run", "undo " + last(), "--as", "li").exitCode()).isZero();
        seat.exitCode();
        return seat;
    }

    private RunId last() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return store.journal().recent(1).getFirst();
        }
    }

    private Result result() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return Run.of(store.journal().read(store.journal().recent(1).getFirst()))
                    .outcome()
                    .orElseThrow()
                    .result();
        }
    }

    @Test
    void names_are_led_to_the_standby_and_what_is_no_such_record_stays() {
        String before = primary.world();
        var plan = plan();
        assertThat(plan.words())
                .contains(
                        "lead vidfab.test., www.vidfab.test., *.vidfab.test. to 127.0.9.2",
                        "CNAME old.vidfab.test. (120 s) → A 127.0.9.2 (60 s)",
                        "*.vidfab.test. A 127.0.9.1 (300 s) → A 127.0.9.2 (60 s)",
                        "HTTPS 1 . alpn=h2 ipv4hint=127.0.9.1 (300 s) → A 127.0.9.2 (60 s)",
                        "for up to 300 s");
        assertThat(primary.world()).isEqualTo(before);

        var seat = rollback();

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(result()).isEqualTo(Result.PROVEN);
        List<String> moved =
                before.lines()
                        .filter(line -> !line.startsWith("www.vidfab.test.\t"))
                        .filter(line ->
                                !line.matches("(vidfab.test.|\\*.*)\t300\tIN\t(A|AAAA|HTTPS)\t.*"))
                        .toList();
        assertThat(primary.world().lines())
                .containsAll(moved)
                .contains("www.vidfab.test.\t60\tIN\tA\t127.0.9.2")
                .hasSize(moved.size() + 3);
        assertThat(seat.text()).doesNotContain(Bind.KEY);
    }

    /** It answered beforehand, and does not when people are led there. */
    @Test
    void what_does_not_prove_itself_is_led_back_with_its_times() {
        places.answering(FORMER, 200).breakingAfter(STANDBY, 1);
        String before = primary.world();

        var seat = rollback();

        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(primary.world()).isEqualTo(before);
    }

    @Test
    void the_former_place_is_had_again_by_its_address() {
        seen(FORMER_RECORDS);
        var there = rollback();
        assertThat(there.exitCode()).as(there.text()).isZero();
        places.answering(FORMER, 200);
        assertThat(plan().words()).contains("dns vidfab to 127.0.9.1 (it was good");

        var seat = run("run", "dns vidfab to 127.0.9.1 because mended", "--as", "li", "--yes");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(primary.world()).contains("CNAME\told.vidfab.test.");
    }

    /** A server that was not told leads people elsewhere, one that says nothing anywhere. */
    @Test
    void a_server_that_answers_otherwise_is_unwell_and_one_that_says_nothing_unknown()
            throws IOException {
        try (var other = Bind.stale()) {
            target("", primary.address(), other.address());
            var seat = switchedAndUndone();
            assertThat(seat.words()).contains("dns servers [AGREE] == 100%", "50%");

            other.stop();
            assertThat(plan().words()).contains("the name server " + other.address());
            var blind = switchedAndUndone();
            assertThat(blind.words()).contains("gave no answer");
            assertThat(result()).isEqualTo(Result.UNDONE);
        }
    }

    /** Nothing is changed: each says what it is and what helps. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    key-name: bakcout | BADKEY | letter by letter
                    key-algorithm: hmac-sha512 | BADKEY | it knows no key backout with hmac-sha512
                    most-of-zone: 10 | more than 10 % | raise most-of-zone:
                    update: 127.0.0.1:1 | gave no answer | see that it runs
                    """)
    void there_is_no_plan_where_the_zone_cannot_be_changed(
            String setting, String says, String helps) throws IOException {
        String before = primary.serial();
        target("    " + setting, primary.address());

        assertThat(plan().words()).contains(says, helps);
        assertThat(rollback().exitCode()).isNotZero();

        assertThat(primary.serial()).isEqualTo(before);
    }

    @Test
    void there_is_no_plan_with_a_wrong_key_or_to_a_place_that_is_unwell() throws IOException {
        config("key", "d3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3I=");
        assertThat(plan().words()).contains("BADSIG", "its key backout is another than file:");
        config("key", "%%%");
        assertThat(plan().words()).contains("holds no key in base64");
        config("key", "");
        assertThat(plan().words()).contains("the key of the zone is not there");
        config("key", Bind.KEY);
        places.answering(STANDBY, 502);
        assertThat(plan().words()).contains("127.0.9.2 is unwell itself");
    }

    /** N7: what may be changed is tried with each name, the apex too. */
    @Test
    void a_policy_that_leaves_the_apex_out_is_known_beforehand() throws IOException {
        var policy = "grant backout wildcard *.vidfab.test. ANY;";
        try (var strict = Bind.primary(Bind.RECORDS, policy)) {
            target("    update: " + strict.address(), strict.address());
            String before = strict.serial();

            assertThat(plan().words()).contains("REFUSED", "its policy does not let key backout");
            assertThat(strict.serial()).isEqualTo(before);
        }
    }

    @Test
    void whoever_changed_a_record_in_between_is_not_written_over() {
        var seat = seat().start("run", "dns vidfab because 5xx", "--as", "li");
        Await.until("it asks", () -> seat.text().contains("Waits for confirmation"));
        primary.update(
                "update delete www.vidfab.test. CNAME",
                "update add www.vidfab.test. 60 A 127.0.9.7");
        String before = primary.world();

        var confirmed = run("run", "confirm " + last(), "--as", "li");
        Await.until("it asks again", () -> seat.text().contains("please look again"));
        assertThat(run("run", "cancel " + last(), "--as", "li").exitCode()).isZero();
        seat.exitCode();

        assertThat(confirmed.exitCode()).isZero();
        assertThat(seat.words())
                .contains(
                        "somebody changed the records: www.vidfab.test. none → A 127.0.9.7 (60 s)");
        assertThat(primary.world()).isEqualTo(before);
    }
}
