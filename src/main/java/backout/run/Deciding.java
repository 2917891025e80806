package backout.run;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Readiness;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Evidence.Finding;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at everything that the flow chart asks and that can be looked at: how the service is now,
 * and whether each of its methods could be begun. Changes nothing.
 */
public record Deciding(Site site, Journal journal, Scout scout, InstantSource clock) {
    /**
     * @param methods of one service, as {@link Method#of} orders them; at least one
     */
    public Advice look(List<Method> methods) {
        Method first = methods.getFirst();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Finding> health = threads.submit(() -> health(first));
            List<Callable<Advice.Way>> looks =
                    methods.stream().<Callable<Advice.Way>>map(one -> () -> way(one)).toList();
            var ways = new ArrayList<Advice.Way>();
            for (Future<Advice.Way> way : threads.invokeAll(looks)) {
                ways.add(way.get());
            }
            Ledger ledger = Ledger.of(journal.read(first.target().name()));
            return Advice.of(health.get(), ways, ledger, clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stop(
                    Phrase.of("the look at {0} was interrupted", first.target().name()),
                    Phrase.of("ask again"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Finding health(Method method) {
        try {
            return scout.checks(method.target()).evidence().finding();
        } catch (ProblemException nobodyCouldLook) {
            return Finding.UNKNOWN;
        }
    }

    private Advice.Way way(Method method) {
        Phrase takes = new Estimates(site, journal).of(method.target().name()).orElse(Phrase.NONE);
        Readiness ready = Readiness.last(journal.read(method.target().name())).orElse(null);
        try {
            var plan = scout.draft(List.of(method.target()), wanted(method));
            return new Advice.Way(method, plan, null, takes, ready);
        } catch (ProblemException e) {
            return new Advice.Way(method, null, e.problem(), takes, ready);
        }
    }

    /** What asks for that method, as it would be typed. */
    public Invocation wanted(Method method) {
        var name = method.target().name();
        return new Invocation(
                site.rollbackOf(name.kind()).orElseThrow(), Map.of("target", name.name()));
    }
}
