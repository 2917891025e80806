package backout.watch;

import backout.run.Loop;

import java.util.List;

/** What goes round beside the looks at single targets: begun and ended together. */
final class Rounds {
    private final List<Loop> loops;
    private boolean begun;

    Rounds(Loop... loops) {
        this.loops = List.of(loops);
    }

    /** Begins, each in a thread of its own; called again it does nothing more. */
    synchronized void start() {
        if (!begun) {
            begun = true;
            loops.forEach(Loop::start);
        }
    }

    synchronized boolean isBegun() {
        return begun;
    }

    void stop() {
        loops.forEach(Loop::stop);
    }

    List<Loop> loops() {
        return loops;
    }
}
