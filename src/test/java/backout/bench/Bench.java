package backout.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * {@code bot/bench NAME}: exit code 0 when every goal is met, 1 when one is missed, 2 for words.
 */
public final class Bench {
    private Bench() {}

    private static Map<String, Callable<List<Goal>>> all() {
        return new TreeMap<>(Map.of("chat", new ChatBench()));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Callable<List<Goal>>> all = all();
        Callable<List<Goal>> bench = arguments.length == 1 ? all.get(arguments[0]) : null;
        if (bench == null) {
            System.err.println("Write: bot/bench " + String.join("|", all.keySet()));
            System.exit(2);
            return;
        }
        List<Goal> goals = bench.call();
        goals.forEach(goal -> System.out.println(goal));
        long missed = goals.stream().filter(goal -> !goal.isMet()).count();
        System.out.println(
                missed == 0
                        ? "VERDICT " + arguments[0] + ": every goal is met"
                        : "VERDICT "
                                + arguments[0]
                                + ": "
                                + missed
                                + " of "
                                + goals.size()
                                + " missed");
        System.exit(missed == 0 ? 0 : 1);
    }
}
