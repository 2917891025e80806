package backout.executor.compose;

import backout.host.Host;
import backout.host.Leftovers;
import backout.run.Move;

import org.junit.jupiter.api.Order;

/** Compose replaces the container. */
@Order(3)
final class UpMoveTest extends ContainerMoveBench {
    @Override
    String action() {
        return "compose.up";
    }

    @Override
    protected Move move() {
        return new UpMove(cli(), discovery(), containers(), new Leftovers(Host.local(), _ -> {}));
    }
}
