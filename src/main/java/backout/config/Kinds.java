package backout.config;

import backout.plan.Setting;
import backout.problem.Nearest;

import java.util.List;
import java.util.Map;

/** What is told about a kind of targets that no executor is there for. */
final class Kinds {
    private Kinds() {}

    static String advice(String kind, Map<String, List<Setting>> kinds) {
        return Nearest.to(kind, kinds.keySet())
                        .map(near -> "Did you mean \"" + near + "\"? ")
                        .orElse("")
                + "Kinds are: "
                + String.join(", ", kinds.keySet().stream().sorted().toList());
    }
}
