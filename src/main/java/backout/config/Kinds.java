package backout.config;

import backout.problem.Nearest;

import java.util.Set;

/** What is told about a kind of targets that no executor is there for. */
final class Kinds {
    private Kinds() {}

    static String advice(String kind, Set<String> kinds) {
        return Nearest.to(kind, kinds).map(near -> "Did you mean \"" + near + "\"? ").orElse("")
                + "Kinds are: "
                + String.join(", ", kinds.stream().sorted().toList());
    }
}
