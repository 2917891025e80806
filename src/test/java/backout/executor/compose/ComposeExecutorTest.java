package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.host.Workplace;
import backout.run.Move;
import backout.run.Task;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;

/** What it declares is what it can do. */
final class ComposeExecutorTest {
    @Test
    void the_declared_actions_are_its_actions(@TempDir Path folder) {
        var actions =
                ComposeExecutor.of(
                                Workplace.local(
                                        "unix:///nowhere.sock",
                                        folder,
                                        InstantSource.system(),
                                        System::nanoTime))
                        .actions();

        var kind = ComposeExecutor.KIND;
        assertThat(actions.keySet()).hasSize(kind.prepare().size() + kind.swap().size());
        assertThat(kind.prepare()).allMatch(action -> actions.get(action) instanceof Task);
        assertThat(kind.swap()).allMatch(action -> actions.get(action) instanceof Move);
    }
}
