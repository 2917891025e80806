package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.executor.vercel.VercelExecutor;
import backout.fixture.Await;
import backout.fixture.FakeVercel;
import backout.fixture.Folders;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Outcome.Result;
import backout.run.Run;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A project on Vercel goes back, from the words to the end, at a Vercel of our own. */
class VercelRollbackTest {
    private static final TargetName NAME = new TargetName("vercel", "vidfab");

    private final FakeVercel vercel = new FakeVercel();
    private final Path home = Folders.make("vercel-home");
    private final InstantSource clock = InstantSource.system();

    @BeforeEach
    void write() throws IOException {
        vercel.deploy("dpl_good", "1111111aaaa")
                .deploy("dpl_bad", "2222222bbbb")
                .serve("dpl_bad", 1, 2)
                .answering("dpl_bad", 500);
        config("backout.yml", "language: en\nstore: {dir: %s}\n".formatted(home.resolve("var")));
        config("people.yml", "people:\n  li: {level: L1}\n  anna: {level: L2}\n");
        config("approvals.yml", "policies:\n  open: {votes: 0}\n");
        config("token", FakeVercel.TOKEN);
        target(FakeVercel.TEAM);
        Files.createDirectories(home.resolve("commands"));
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                Files.writeString(
                        home.resolve("commands").resolve(file.getFileName()),
                        Files.readString(file).replace("within 60s", "within 1s"));
            }
        }
        proven("dpl_good");
    }

    @AfterEach
    void close() {
        assertThat(vercel.complaints()).isEmpty();
        vercel.close();
        Folders.delete(home);
    }

    private void config(String file, String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config").resolve(file), text);
    }

    private void target(String team) throws IOException {
        config(
                "targets.yml",
                """
                targets:
                  vercel/vidfab:
                    policy: open
                    good-after: 5s
                    soak: 0s
                    project: vidfab
                    team: %s
                    token: file:%s
                    api: %s
                    url: %s
                    version: GET {url}/version [BODY].version
                """
                        .formatted(
                                team,
                                home.resolve("config/token"),
                                vercel.api(),
                                vercel.domain(1)));
    }

    private void proven(String deployment) {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            var now = clock.instant();
            store.journal()
                    .append(
                            NAME,
                            List.of(
                                    new TargetEvent.Seen(now, deployment, "https://x", "", ""),
                                    new TargetEvent.FoundGood(now, deployment, "")));
        }
    }

    /** Where the former was unwell too, a person decides; here it was well. */
    private FakeVercel well() {
        return vercel.answering("dpl_bad", 200);
    }

    private Seat run(String... arguments) {
        var seat = seat();
        seat.run(arguments);
        return seat;
    }

    private Seat seat() {
        var executor =
                VercelExecutor.of(
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
        return run("plan", "vercel vidfab");
    }

    private Seat rollback() {
        return run("run", "vercel vidfab because 5xx", "--as", "li", "--yes");
    }

    /** Li takes it back when asked. */
    private Seat rolledBackAndUndone() {
        var seat = seat().start("run", "vercel vidfab because 5xx", "--as", "li", "--yes");
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
    void its_domains_lead_to_the_good_one_and_it_is_said_that_pushes_do_not_go_live() {
        var plan = plan();
        assertThat(plan.words())
                .contains(
                        "have 127.0.8.1, 127.0.8.2 lead to",
                        "new deployments do not go live by themselves");
        assertThat(vercel.changes()).isEmpty();

        var seat = rollback();

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(result()).isEqualTo(Result.PROVEN);
        assertThat(vercel.world())
                .isEqualTo("{127.0.8.1=dpl_good, 127.0.8.2=dpl_good} auto-assign false");
        assertThat(vercel.changes()).hasSize(1);
        assertThat(seat.text()).doesNotContain(FakeVercel.TOKEN);
    }

    /** The candidate answered beforehand, and does not when people are led to it. */
    @Test
    void what_does_not_prove_itself_is_promoted_back_and_pushes_go_live_again() {
        well().slow(2)
                .letting(() -> {
                    vercel.answering("dpl_good", 500);
                    return true;
                });
        String before = vercel.world();

        var seat = rollback();

        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(vercel.world()).isEqualTo(before);
        assertThat(vercel.changes())
                .containsExactly(
                        "POST /v1/projects/prj_vidfab/rollback/dpl_good",
                        "POST /v10/projects/prj_vidfab/promote/dpl_bad");
    }

    /** Whoever was pinned before stays pinned. */
    @Test
    void what_was_pinned_is_taken_back_pinned() {
        well().autoAssign(Optional.of(false))
                .letting(() -> {
                    vercel.answering("dpl_good", 500);
                    return true;
                });
        String before = vercel.world();

        var seat = rollback();

        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(vercel.world()).isEqualTo(before);
    }

    /** V3: success is what each domain leads to. */
    @Test
    void a_domain_that_was_left_behind_is_moved_alone() {
        vercel.leaveBehind(2);

        var seat = rollback();

        assertThat(result()).as(seat.text()).isEqualTo(Result.PROVEN);
        assertThat(vercel.world()).contains("127.0.8.1=dpl_good, 127.0.8.2=dpl_good");
    }

    /** V4: and where it belongs to somebody else, that one is named and all go back. */
    @Test
    void a_domain_that_cannot_be_moved_is_named_and_the_others_go_back() {
        well().lock(2);

        var seat = rolledBackAndUndone();

        assertThat(seat.words()).contains("domain 127.0.8.2 was not moved");
        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(vercel.world())
                .isEqualTo("{127.0.8.1=dpl_bad, 127.0.8.2=dpl_bad} auto-assign true");
    }

    @Test
    void a_vercel_that_says_done_and_did_nothing_is_not_believed() {
        well().doNothing();

        var seat = rolledBackAndUndone();

        assertThat(seat.words()).contains("these lead elsewhere: 127.0.8.1, 127.0.8.2");
        assertThat(result()).as(seat.text()).isEqualTo(Result.UNDONE);
        assertThat(vercel.world()).startsWith("{127.0.8.1=dpl_bad, 127.0.8.2=dpl_bad}");
    }

    @ParameterizedTest
    @CsvSource({"402, Hobby", "403, the team that owns the project", "429, in a minute"})
    void what_it_refuses_is_told_with_what_helps(int status, String helps) {
        well().refuseNext(status);
        String before = vercel.world();

        var seat = rolledBackAndUndone();

        assertThat(seat.words()).contains("Vercel refuses: " + status, helps);
        assertThat(vercel.world()).isEqualTo(before);
    }

    @Test
    void there_is_no_plan_for_what_cannot_be_had() throws IOException {
        assertThat(run("plan", "vercel vidfab to dpl_none").words())
                .contains("there is no release \"dpl_none\"");

        vercel.answering("dpl_good", 500);
        assertThat(plan().words()).contains("answers 500: it is unwell itself");
        vercel.answering("dpl_good", 401);
        assertThat(plan().words()).contains("is protected (401)");
        vercel.answering("dpl_good", 200).notOffered("dpl_good");
        assertThat(plan().words()).contains("Vercel offers no way back to");
        vercel.gone("dpl_good");
        assertThat(plan().words()).contains("Vercel has deployment", "no more");

        target("team_other");
        assertThat(plan().words())
                .contains("Vercel refuses: 403", "the team that owns the project");
        target(FakeVercel.TEAM);
        config("token", "old");
        assertThat(plan().words()).contains("Vercel refuses: 401", "make a new token");
        vercel.down(true);
        assertThat(plan().words()).contains("Vercel is not to be asked now: 503");
        assertThat(vercel.changes()).isEmpty();
    }

    /** V1: a field that is not there is unknown, never "not pinned". */
    @Test
    void what_vercel_does_not_say_is_not_known() {
        vercel.autoAssign(Optional.empty());

        assertThat(plan().words())
                .contains("Vercel does not say whether new deployments go live by themselves");
    }
}
