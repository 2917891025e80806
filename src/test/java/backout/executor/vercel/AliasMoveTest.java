package backout.executor.vercel;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.fixture.FakeVercel;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.AfterEach;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Domains of a project move to another deployment, at a Vercel of our own. */
final class AliasMoveTest extends MoveContract {
    private FakeVercel vercel = new FakeVercel();

    @Override
    protected void arrange() {
        vercel.close();
        vercel =
                new FakeVercel()
                        .deploy("dpl_good", "1111111aaaa")
                        .deploy("dpl_bad", "2222222bbbb")
                        .serve("dpl_bad", 1, 2)
                        .letting(this::goesOn);
    }

    @AfterEach
    void close() {
        assertThat(vercel.complaints()).isEmpty();
        vercel.close();
    }

    @Override
    protected Move move() {
        return new AliasMove(new Secrets(_ -> FakeVercel.TOKEN), _ -> {});
    }

    @Override
    protected Step step() {
        return step(Map.of());
    }

    private Step step(Map<String, String> other) {
        var with =
                new HashMap<>(
                        Map.of(
                                "api", vercel.api().toString(),
                                "team", FakeVercel.TEAM,
                                "token", "env:VERCEL_TOKEN",
                                "project", FakeVercel.PROJECT,
                                "domains", "127.0.8.1\n127.0.8.2",
                                "auto-assign", "yes",
                                "from-url", "https://bad.vercel.app"));
        with.putAll(other);
        return new Step(
                Planner.SWITCH,
                new TargetName("vercel", "vidfab"),
                Phase.SWITCH,
                "dpl_bad",
                "dpl_good",
                with,
                Phrase.of("have domains lead elsewhere"));
    }

    @Override
    protected String world() {
        return vercel.world();
    }

    @Override
    protected String traces() {
        return vercel.world() + vercel.changes();
    }

    @Override
    protected void refuse() {
        vercel.down(true);
    }

    @Override
    protected void run(String script, String argument) {
        var environment = Map.of("VERCEL_TOKEN", FakeVercel.TOKEN, "PATH", "/usr/bin:/bin");
        new Cli(Path.of("/"), environment).run("sh", "-c", script, "script", argument);
    }
}
