package backout.host;

import backout.plan.Step;
import backout.plan.Target;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What works on the targets of one machine, one for each machine; made when it is first asked for.
 *
 * @param <T> connects to nothing when it is made
 */
public final class PerHost<T> {
    private static final String KEY = "host";
    private static final String LOCAL = "local";

    private final Hosts hosts;
    private final Function<Host, T> making;
    private final Map<String, T> byHost = new ConcurrentHashMap<>();

    public PerHost(Hosts hosts, Function<Host, T> making) {
        this.hosts = hosts;
        this.making = making;
    }

    /** On the bot's own machine. */
    public T here() {
        return on(LOCAL);
    }

    public T on(Target target) {
        return on(target.host());
    }

    /** Where the step is done. */
    public T on(Step step) {
        return on(step.with().getOrDefault(KEY, LOCAL));
    }

    /** What a step of that target carries, so that it is found where it is done. */
    public static Map<String, String> with(Target target) {
        return target.isHere() ? Map.of() : Map.of(KEY, target.host());
    }

    private T on(String host) {
        return byHost.computeIfAbsent(host, name -> making.apply(hosts.named(name)));
    }
}
