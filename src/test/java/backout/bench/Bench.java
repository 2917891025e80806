package backout.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code bot/bench NAME [ROUNDS]}: exit code 0 when every goal is met, 1 when one is missed, 2 for
 * words, 130 after Ctrl-C.
 */
public final class Bench {
    private static final int ROUNDS = 5;

    private Bench() {}

    private static Map<String, Benchmark> all() {
        return new TreeMap<>(
                Map.of(
                        "backup", new BackupBench(),
                        "chat", new ChatBench(),
                        "compose", new ComposeBench(),
                        "crowd", new CrowdBench(),
                        "dns", new DnsBench(),
                        "host", new HostBench(),
                        "hostile", new HostileBench(),
                        "start", new StartBench(),
                        "waiting", new WaitingBench()));
    }

    public static void main(String[] arguments) throws Exception {
        Benchmark bench = arguments.length == 0 ? null : all().get(arguments[0]);
        String rounds = arguments.length > 1 ? arguments[1] : String.valueOf(ROUNDS);
        if (bench == null || arguments.length > 2 || !rounds.matches("[1-9][0-9]?")) {
            System.err.println(
                    "Write: bot/bench " + String.join("|", all().keySet()) + " [ROUNDS]");
            System.exit(2);
            return;
        }
        System.exit(verdict(arguments[0], measure(bench, Integer.parseInt(rounds))));
    }

    /** Told to stop, what was made is removed before the process ends. */
    private static List<Goal> measure(Benchmark bench, int rounds) throws Exception {
        var over = new CountDownLatch(1);
        var leavings = new Leavings();
        Thread measuring = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(measuring, over, leavings), "stop"));
        try (leavings) {
            return bench.run(rounds, leavings);
        } finally {
            over.countDown();
        }
    }

    private static void stop(Thread measuring, CountDownLatch over, Leavings leavings) {
        if (over.getCount() == 0) {
            return;
        }
        System.err.println("Stopped; what was made is being removed.");
        measuring.interrupt();
        try {
            var _ = over.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leavings.close();
    }

    private static int verdict(String name, List<Goal> goals) {
        goals.forEach(goal -> System.out.println(goal));
        long missed = goals.stream().filter(goal -> !goal.isMet()).count();
        System.out.println(
                missed == 0
                        ? "VERDICT " + name + ": every goal is met"
                        : "VERDICT " + name + ": " + missed + " of " + goals.size() + " missed");
        return missed == 0 ? 0 : 1;
    }

    /** One line for each figure. */
    static void print(Figures figures, String unit) {
        figures.table(unit).forEach(line -> System.out.println(line));
    }

    static void tell(String... words) {
        System.out.println(String.join(" ", Arrays.asList(words)));
    }
}
