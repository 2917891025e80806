package backout.executor.compose;

import backout.docker.SwapMove;
import backout.run.Move;

import org.junit.jupiter.api.Order;

/** The engine alone replaces the container. */
@Order(3)
final class SwapMoveTest extends ContainerMoveBench {
    @Override
    String action() {
        return "compose.swap";
    }

    /** Compose hashes a service otherwise where it is made without what it depends on. */
    @Override
    protected String worldOfScript() {
        return world().replaceAll("(?<= )[0-9a-f]{64} ", "");
    }

    @Override
    protected Move move() {
        return new SwapMove(engine(), new SwapByCompose(engine(), cli(), containers()));
    }
}
