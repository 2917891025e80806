package backout.host;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Target;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.Request;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An executor whose targets lie on machines: what is asked of a target is asked of what works on
 * its machine.
 *
 * @param <T> what works there
 */
public abstract class HostExecutor<T extends HostExecutor.There> implements Executor {
    /** What works on the targets of one machine; connects to nothing when it is made. */
    public interface There {
        Outlook look(Request request, Instant now, Deadline by);

        /** Why the plan no longer holds. */
        List<Phrase> changed(Target target, Plan plan);

        /** By the words of the steps. */
        Map<String, Action> actions();

        Probes probes(Target target, Optional<Plan> plan, boolean undone);
    }

    private final Workplace place;
    private final PerHost<T> hosts;

    protected HostExecutor(Workplace place, Function<Host, T> making) {
        this.place = place;
        this.hosts = new PerHost<>(place.hosts(), making);
    }

    protected final Workplace place() {
        return place;
    }

    protected final T on(Target target) {
        return hosts.on(target);
    }

    @Override
    public final Outlook look(Request request, Deadline by) {
        return on(request.target()).look(request, place.clock().instant(), by);
    }

    @Override
    public final List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return on(target).changed(target, plan);
    }

    @Override
    public final Map<String, Action> actions() {
        return hosts.here().actions();
    }

    @Override
    public final Optional<Action> action(Step step) {
        return Optional.ofNullable(hosts.on(step).actions().get(step.action()));
    }

    @Override
    public final Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return on(target).probes(target, plan, undone);
    }
}
