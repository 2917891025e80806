package backout.executor.source;

import org.junit.jupiter.api.Order;

/** A checkout that runs in place, and becomes one release among others. */
@Order(4)
final class AdoptingMoveTest extends SwitchContract {
    @Override
    Layout layout() {
        return new Layout(
                host(),
                home().resolve("app"),
                home().resolve("app.backout"),
                home().resolve("app"),
                true);
    }
}
