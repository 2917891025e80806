package backout.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process.
 *
 * @param startTicks when it was started, in clock ticks since the machine's boot (proc(5)): with
 *     {@code pid} it names one process and no later one
 * @param cwd the folder it is in, without links, also one that was deleted since; empty where this
 *     user may not see it
 * @param exe its program, such as the very Node that runs it; empty as {@code cwd} is
 * @param ports of TCP where it listens
 */
public record Running(
        int pid,
        long startTicks,
        int uid,
        Optional<Path> cwd,
        Optional<Path> exe,
        List<Integer> ports) {
    public Running {
        ports = List.copyOf(ports);
    }

    /** {@code 4711@993312}: the same for no other process of this boot. */
    public String id() {
        return pid + "@" + startTicks;
    }
}
