package backout;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Proof;
import backout.run.Running;
import backout.run.Scripted;
import backout.serve.Stop;
import backout.story.SimService;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * {@code bot/backout} that knows one more kind, {@code sim}: any number of simulated services, each
 * of which takes {@code SECONDS} to be moved: {@code SECONDS ARGUMENTS}.
 */
public final class CrowdedMain {
    private CrowdedMain() {}

    public static void main(String[] arguments) {
        var crowd = new Crowd(Duration.ofSeconds(Long.parseLong(arguments[0])));
        var kind = new TargetKind("sim", List.of(), List.of(), List.of(SimService.MOVE));
        var kinds =
                Stream.concat(Main.kinds().stream(), Stream.of(new App.Kind(kind, _ -> crowd)))
                        .toList();
        var main = new Main(kinds, Main.outside(new Stop(() -> System.exit(130))));
        System.exit(main.run(List.of(arguments).subList(1, arguments.length)));
    }

    /** As many services as there are targets. */
    private record Crowd(Duration takes, Map<TargetName, SimService> services) implements Scripted {
        Crowd(Duration takes) {
            this(takes, new ConcurrentHashMap<>());
        }

        private SimService of(TargetName target) {
            return services.computeIfAbsent(
                    target, _ -> new SimService().takes(takes, Thread::sleep));
        }

        @Override
        public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
            return of(target.name()).plan(target, wanted, ledger, by);
        }

        @Override
        public List<Phrase> changed(Target target, Plan plan, Deadline by) {
            return of(target.name()).changed(target, plan, by);
        }

        @Override
        public Map<String, Action> actions() {
            return new SimService().actions();
        }

        @Override
        public Optional<Action> action(backout.plan.Step step) {
            return of(step.target()).action(step);
        }

        @Override
        public Proof proof(Target target) {
            return of(target.name()).proof(target);
        }

        @Override
        public Optional<Running> sight(Target target, Deadline by) {
            return of(target.name()).sight(target, by);
        }
    }
}
