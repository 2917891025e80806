package backout.archive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the symlinks of an archive as the kernel would, without unpacking them. */
record Links(Map<String, String> targets) {
    private static final int MOST_HOPS = 40; // Linux's MAXSYMLINKS

    /**
     * Where the name leads in the end, relative to the root; empty when it leaves the root or goes
     * in circles.
     */
    Optional<String> follow(String name) {
        Deque<String> todo = new ArrayDeque<>(parts(name));
        Deque<String> done = new ArrayDeque<>();
        int hops = 0;
        while (!todo.isEmpty()) {
            String part = todo.removeFirst();
            if (part.equals("..")) {
                if (done.pollLast() == null) {
                    return Optional.empty();
                }
                continue;
            }
            done.addLast(part);
            String target = targets.get(String.join("/", done));
            if (target != null) {
                if (target.startsWith("/") || ++hops > MOST_HOPS) {
                    return Optional.empty();
                }
                done.removeLast();
                parts(target).reversed().forEach(todo::addFirst);
            }
        }
        return Optional.of(String.join("/", done));
    }

    private static List<String> parts(String path) {
        return EntryName.parts(path).stream().filter(p -> !p.isEmpty() && !p.equals(".")).toList();
    }
}
