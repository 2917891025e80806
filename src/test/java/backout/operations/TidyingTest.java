package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.archive.Artifacts;
import backout.chat.Place;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.command.Site;
import backout.config.SiteLoader;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.report.Posts;
import backout.run.HandClock;
import backout.run.RunId;
import backout.store.sql.SqlStore;
import backout.story.SimService;
import backout.story.SimSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class TidyingTest {
    private static final TargetName RELAY = new TargetName("sim", "relay");
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();
    private Path var;
    private Site site;
    private SqlStore store;
    private Artifacts artifacts;
    private Tidying tidying;

    @BeforeEach
    void open() {
        SimSite.in(home, 0, "0s");
        var = home.resolve("var");
        var kind = new TargetKind("sim", List.of(), List.of(), List.of("sim.box"));
        var loader = new SiteLoader(Map.of("sim", kind), List.of(SlackChat.KEYS, DiscordChat.KEYS));
        site = loader.load(home.resolve("commands"), home.resolve("config")).site();
        store = SqlStore.open(var, clock);
        artifacts = new Artifacts(var.resolve("artifacts"), var.resolve("key.txt"));
        tidying =
                new Tidying(
                        () -> site,
                        _ -> service,
                        store.journal(),
                        store.leases(),
                        artifacts,
                        store::forgetMessages,
                        new Tidying.Limits(MONTH, Duration.ofDays(7)),
                        clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private RunId proven() {
        service.deploy(SimService.BAD);
        var seat = new Seat(home, service, clock);
        assertThat(seat.run("run", "sim relay", "--as", "li", "--yes")).as(seat.text()).isZero();
        return store.journal().recent(1).getFirst();
    }

    private void keep(String owner) {
        artifacts.put(owner, "former", new byte[] {1});
    }

    @Test
    void the_artifacts_of_a_run_go_a_month_after_its_end_and_no_sooner() {
        RunId run = proven();
        keep(run.text());
        clock.pass(MONTH.minusMinutes(1));
        tidying.once();
        assertThat(artifacts.owners()).containsExactly(run.text());

        clock.pass(Duration.ofMinutes(2));
        tidying.once();

        assertThat(artifacts.owners()).isEmpty();
        assertThat(store.journal().read(run)).as("its events stay").isNotEmpty();
    }

    @Test
    void what_an_open_run_or_one_that_nobody_knows_kept_stays_for_ever() {
        var seat = new Seat(home, service, clock).start("run", "sim relay", "--as", "li");
        RunId run = new RunId(seat.runId());
        seat.interrupt();
        seat.exitCode();
        keep(run.text());
        keep("7F3KQ");
        clock.pass(MONTH.multipliedBy(20));

        tidying.once();

        assertThat(artifacts.owners()).containsExactlyInAnyOrder(run.text(), "7F3KQ");
    }

    @Test
    void files_of_releases_stay_while_the_ledger_names_them() throws IOException {
        var named = artifacts.put("files-relay", "files", new byte[] {1});
        var nameless = artifacts.put("files-relay", "files", new byte[] {2});
        var others = artifacts.put("files-gone", "files", new byte[] {3});
        var old = FileTime.from(clock.instant());
        for (var ref : List.of(named, nameless, others)) {
            Files.setLastModifiedTime(var.resolve("artifacts").resolve(ref.path()), old);
        }
        store.journal()
                .append(
                        RELAY,
                        List.of(
                                new TargetEvent.Seen(
                                        clock.instant(), "image-1", "relay:1", "1", ""),
                                new TargetEvent.FilesKept(
                                        clock.instant(),
                                        "image-1",
                                        named.path() + " " + named.sha256() + " 1")));
        clock.pass(MONTH.plusDays(1));

        tidying.once();

        try (Stream<Path> left = Files.walk(var.resolve("artifacts"))) {
            assertThat(left.filter(Files::isRegularFile))
                    .as("named by the ledger, and of a target that is not configured now")
                    .extracting(file -> var.resolve("artifacts").relativize(file).toString())
                    .containsExactlyInAnyOrder(named.path(), others.path());
        }
    }

    @Test
    void where_messages_are_is_forgotten_only_when_all_is_told_and_old() {
        RunId run = proven();
        var place = new Place("slack", "C1");
        var post = new Posts.Post(run, Posts.Kind.CARD, place, Optional.of("1.1"), 9, 9, "");
        store.posts().begin(post);
        clock.pass(Duration.ofDays(8));
        tidying.once();
        int rows = store.outbox().due("slack", 100).size();
        assertThat(rows).as("nobody has told anything").isPositive();

        store.outbox().delivered("slack", store.outbox().due("slack", 100).getLast().id());
        tidying.once();
        assertThat(store.posts().open("slack")).as("it is not final").containsExactly(post);

        RunId next = proven();
        store.posts().keep(post.over("done"));
        store.outbox().delivered("slack", store.outbox().due("slack", 100).getLast().id());
        tidying.once();

        assertThat(store.posts().begin(post)).as("it was forgotten").isTrue();
        assertThat(store.outbox().due("new", 100))
                .as("what is young stays")
                .isNotEmpty()
                .allMatch(row -> row.run().equals(next));
    }
}
