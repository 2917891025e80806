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
import backout.plan.Ledger;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Outcome.Result;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A service with a standby, whose names are kept at a real BIND; one class after the other. */
@ResourceLock("the zone of DnsSite")
public abstract class DnsSite {
    public static final String FORMER = "127.0.9.1";
    public static final String STANDBY = "127.0.9.2";

    static final String FORMER_RECORDS =
            "vidfab.test. 300 A 127.0.9.1 | vidfab.test. 300 AAAA 2001:db8:0:0:0:0:0:1 |"
                + " vidfab.test. 300 HTTPS 1 . alpn=h2 ipv4hint=127.0.9.1 | www.vidfab.test. 120"
                + " CNAME old.vidfab.test. | *.vidfab.test. 300 A 127.0.9.1";

    public static Bind primary;

    final Places places = new Places().answering(FORMER, 500).answering(STANDBY, 200);
    String names = "\"@\", WWW.vidfab.test., \"*\"";
    private final Path home = Folders.make("dns-home");
    private final InstantSource clock = InstantSource.system();

    /** Where it tells a secondary of its changes. */
    static final int SECONDARY = Await.freePort();

    @BeforeAll
    static void start() {
        primary = Bind.telling(SECONDARY);
    }

    @AfterAll
    static void stop() {
        primary.close();
    }

    @BeforeEach
    public void write() throws IOException {
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
                        Files.readString(file).replace("within 60s", "within 5s"));
            }
        }
    }

    @AfterEach
    public void close() {
        places.close();
        Folders.delete(home);
    }

    void config(String file, String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config").resolve(file), text);
    }

    public void target(String more, String... servers) throws IOException {
        config(
                "targets.yml",
                """
                targets:
                  dns/vidfab:
                    policy: open
                    good-after: 5s
                    soak: 0s
                    zone: VidFab.test
                    names: [%s]
                    standby: [%s]
                    servers: [%s]
                    resolvers: [%s]
                    key: file:%s
                    url: http://vidfab.test:%d
                %s
                """
                        .formatted(
                                names,
                                STANDBY,
                                String.join(", ", servers),
                                primary.address(),
                                home.resolve("config/key"),
                                places.port(),
                                more));
    }

    /** As {@code serve} notes it while it watches. */
    void seen(String records) {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            String id = Records.parse(records).identity();
            var seen = new TargetEvent.Seen(clock.instant(), id, records, FORMER, "");
            store.journal()
                    .append(
                            new TargetName("dns", "vidfab"),
                            List.of(seen, new TargetEvent.FoundGood(clock.instant(), id, "")));
        }
    }

    Seat run(String... arguments) {
        var seat = seat();
        seat.run(arguments);
        return seat;
    }

    Seat seat() {
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

    Seat plan() {
        return run("plan", "dns vidfab");
    }

    public Seat rollback() {
        return run("run", "dns vidfab because 5xx", "--as", "li", "--yes");
    }

    /** Li takes it back when asked. */
    Seat switchedAndUndone() {
        var seat = seat().start("run", "dns vidfab because 5xx", "--as", "li", "--yes");
        Await.until("it asks", () -> seat.text().contains("Waits until"));
        assertThat(run("run", "undo " + last(), "--as", "li").exitCode()).isZero();
        seat.exitCode();
        return seat;
    }

    Ledger ledger() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return Ledger.of(store.journal().read(new TargetName("dns", "vidfab")));
        }
    }

    RunId last() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return store.journal().recent(1).getFirst();
        }
    }

    Result result() {
        return Run.of(events()).outcome().orElseThrow().result();
    }

    /** Of the last run. */
    public List<RunEvent> events() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return store.journal().read(store.journal().recent(1).getFirst());
        }
    }
}
