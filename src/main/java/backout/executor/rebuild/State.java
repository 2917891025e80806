package backout.executor.rebuild;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which containers of a project are there, as {@code state.sh} prints them. */
record State(List<String> lines) {
    private static final Set<String> NOT_YET = Set.of("created");

    State {
        lines = List.copyOf(lines);
    }

    static State of(Root root, String project, String service) {
        return new State(root.ask(Remote.STATE, project, service).lines().toList());
    }

    boolean isNothing() {
        return lines.isEmpty();
    }

    /** The ID of the image that the service has. */
    Optional<String> image() {
        return lines.stream()
                .filter(line -> line.startsWith("image "))
                .map(line -> line.substring("image ".length()))
                .findFirst();
    }

    /** Whether a container of that service runs. */
    boolean runs(String service) {
        return lines.contains("service " + service + " running");
    }

    List<String> notStarted(List<String> services) {
        return services.stream().filter(service -> !isStarted(service)).toList();
    }

    private boolean isStarted(String service) {
        return lines.stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words[0].equals("service") && words[1].equals(service))
                .anyMatch(words -> !NOT_YET.contains(words[2]));
    }
}
