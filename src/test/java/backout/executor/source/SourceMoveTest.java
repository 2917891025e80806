package backout.executor.source;

import org.junit.jupiter.api.Order;

/** A checkout's releases and the link to one of them, as Capistrano and Deployer leave them. */
@Order(4)
final class SourceMoveTest extends SwitchContract {
    @Override
    Layout layout() {
        return new Layout(
                host(), home().resolve("current"), home(), home().resolve("releases/1"), false);
    }
}
