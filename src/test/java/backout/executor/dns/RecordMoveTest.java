package backout.executor.dns;

import backout.fixture.Bind;
import backout.fixture.Cli;
import backout.plan.Step;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.nio.file.Path;
import java.util.Map;

/** Names move to another place, at a real BIND. */
final class RecordMoveTest extends MoveContract {
    static final String BEFORE =
            """
            vidfab.test. 300 A 127.0.9.1
            vidfab.test. 300 AAAA 2001:db8:0:0:0:0:0:1
            vidfab.test. 300 HTTPS 1 . alpn=h2 ipv4hint=127.0.9.1
            www.vidfab.test. 120 CNAME old.vidfab.test.
            *.vidfab.test. 300 A 127.0.9.1
            """;

    private static Bind bind;

    @BeforeAll
    static void start() {
        bind = Bind.primary();
    }

    @AfterAll
    static void stop() {
        bind.close();
    }

    @Override
    protected void arrange() {
        bind.again();
        bind.reset();
    }

    @Override
    protected Move move() {
        return TestZones.move(Bind.KEY);
    }

    @Override
    protected Step step() {
        return TestZones.step(
                BEFORE,
                """
                vidfab.test. 60 A 127.0.9.2
                www.vidfab.test. 60 A 127.0.9.2
                *.vidfab.test. 60 A 127.0.9.2
                """,
                "vidfab.test.,www.vidfab.test.,*.vidfab.test.",
                Map.of(
                        "provider", "rfc2136",
                        "update", bind.address(),
                        "key-name", "backout",
                        "key-algorithm", "hmac-sha256"));
    }

    @Override
    protected String world() {
        return bind.world();
    }

    @Override
    protected String traces() {
        return bind.world() + bind.serial();
    }

    @Override
    protected void refuse() {
        bind.stop();
    }

    @Override
    protected void run(String script, String argument) {
        var environment = Map.of("DNS_KEY", Bind.KEY, "PATH", "/usr/bin:/bin");
        new Cli(Path.of("/"), environment).run("sh", "-c", script, "script", argument);
    }
}
