package backout;

import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Condition;
import backout.run.Head;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.serve.Stop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * {@code bot/backout} that is killed with SIGKILL right before or right after a run's journal is
 * written, at the first place where it was not killed yet: {@code KILLED-FILE
 * each|kinds|nowhere|PATTERN ARGUMENTS}. The file holds the places, one in a line.
 */
public final class KilledMain {
    private KilledMain() {}

    public static void main(String[] arguments) {
        var places = new Places(Path.of(arguments[0]), arguments[1]);
        var words = List.of(arguments).subList(2, arguments.length);
        var main =
                new Main(
                        Main.kinds(),
                        Main.outside(new Stop(() -> System.exit(130))),
                        journal -> new Killing(journal, places));
        System.exit(main.run(words));
    }

    /**
     * Where processes were killed.
     *
     * @param where at {@code each} event of each step, at all {@code kinds} of events, {@code
     *     nowhere}, or at those of {@code each} whose place this pattern fits
     */
    private record Places(Path file, String where) {
        void reach(String when, List<RunEvent> events) {
            boolean each = !where.equals("kinds");
            var words = events.stream().map(each ? KilledMain::step : KilledMain::kind).toList();
            String place = when + " " + String.join("+", words);
            try {
                if (!isWanted(place) || Files.readAllLines(file).contains(place)) {
                    return;
                }
                Files.writeString(file, place + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            kill();
        }

        private boolean isWanted(String place) {
            return switch (where) {
                case "each", "kinds" -> true;
                case "nowhere" -> false;
                default -> place.matches(where);
            };
        }
    }

    /** The kind of an event, with the leg or moment that makes it another one. */
    public static String kind(RunEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case RunEvent.StepBegan began -> name + "/" + began.leg();
            case RunEvent.StepDone done -> name + "/" + done.leg();
            case RunEvent.StepFailed failed -> name + "/" + failed.leg();
            case RunEvent.Checked checked -> name + "/" + checked.moment();
            default -> name;
        };
    }

    /**
     * The same with its step. Receipts of one step are one place: a step that is done again keeps a
     * receipt again.
     */
    private static String step(RunEvent event) {
        return switch (event) {
            case RunEvent.StepBegan began -> kind(event) + " " + began.step();
            case RunEvent.ReceiptKept kept -> kind(event) + " " + kept.step();
            case RunEvent.StepDone done -> kind(event) + " " + done.step();
            case RunEvent.StepFailed failed -> kind(event) + " " + failed.step();
            default -> kind(event);
        };
    }

    private static void kill() {
        try {
            String self = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("sh", "-c", "kill -9 " + self).inheritIO().start();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("it should be dead");
    }

    private record Killing(Journal journal, Places places) implements Journal {
        @Override
        public Begun begin(RunEvent.Requested requested) {
            places.reach("before", List.of(requested));
            Begun begun = journal.begin(requested);
            places.reach("after", List.of(requested));
            return begun;
        }

        @Override
        public void append(
                RunId run,
                int expected,
                List<RunEvent> events,
                Map<TargetName, List<TargetEvent>> about,
                @Nullable Lease lease) {
            places.reach("before", events);
            journal.append(run, expected, events, about, lease);
            places.reach("after", events);
        }

        @Override
        public Changes since(long mark) {
            return journal.since(mark);
        }

        @Override
        public List<RunEvent> read(RunId run) {
            return journal.read(run);
        }

        @Override
        public Optional<Head> sealed(RunId run) {
            return journal.sealed(run);
        }

        @Override
        public List<RunId> open() {
            return journal.open();
        }

        @Override
        public List<RunId> recent(int most, Optional<RunId> before) {
            return journal.recent(most, before);
        }

        @Override
        public List<TargetEvent> read(TargetName target) {
            return journal.read(target);
        }

        @Override
        public void append(TargetName target, List<TargetEvent> events) {
            journal.append(target, events);
        }

        @Override
        public void note(TargetName target, Condition condition) {
            journal.note(target, condition);
        }

        @Override
        public Optional<Condition> condition(TargetName target) {
            return journal.condition(target);
        }
    }
}
