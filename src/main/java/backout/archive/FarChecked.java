package backout.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Another {@link Far}, whose files are looked through on their way. */
final class FarChecked extends Far {
    private final Far far;
    private final Check check;

    FarChecked(Far far, Check check) {
        this.far = far;
        this.check = check;
    }

    @Override
    List<Thing> look(Duration within) {
        return far.look(within);
    }

    @Override
    String read(List<Thing> things, Duration within, Taker to) throws IOException {
        return far.read(
                things,
                within,
                (thing, stat, target, content) ->
                        to.take(thing, stat, target, check.of(content, stat.size())));
    }
}
