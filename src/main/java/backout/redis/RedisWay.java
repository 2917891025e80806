package backout.redis;

import backout.plan.HostPort;
import backout.plan.Settings;
import backout.plan.Step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the service's Redis is reached, as {@code config/targets.yml} says it.
 *
 * @param address as the bot reaches it; empty where its container is asked for
 * @param password a reference to it, never itself
 * @param service its service in the compose project; empty where it is none
 */
public record RedisWay(Optional<HostPort> address, Optional<String> password, String service) {
    private static final String ADDRESS = "redis-address";
    private static final String PASSWORD = "redis-password";
    private static final String SERVICE = "redis-service";

    /** Empty where the target has no Redis to be saved. */
    public static Optional<RedisWay> of(Settings settings) {
        return of(
                settings.textIfAny("redis.address"),
                settings.textIfAny("redis.password"),
                settings.textIfAny("redis.service"));
    }

    public static Optional<RedisWay> of(Step step) {
        return of(
                Optional.ofNullable(step.with().get(ADDRESS)),
                Optional.ofNullable(step.with().get(PASSWORD)),
                Optional.ofNullable(step.with().get(SERVICE)));
    }

    private static Optional<RedisWay> of(
            Optional<String> address, Optional<String> password, Optional<String> service) {
        return address.isEmpty() && service.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RedisWay(
                                address.flatMap(HostPort::parse), password, service.orElse("")));
    }

    /**
     * Lines of a shell that have it dump itself into {@code "$saved"}. The password is never an
     * argument.
     *
     * @param docker how docker is begun there
     * @param container what prints the ids of its containers, where it has a service
     */
    public List<String> typed(String docker, String container) {
        var lines = new ArrayList<String>();
        password.ifPresent(it -> lines.add("export REDISCLI_AUTH=\"" + secret(it) + "\""));
        String cli =
                service.isEmpty()
                        ? "redis-cli -h %s -p %d"
                                .formatted(
                                        address.orElseThrow().host(), address.orElseThrow().port())
                        : "%s exec %s\"$(%s)\" redis-cli"
                                .formatted(
                                        docker,
                                        password.map(_ -> "--env REDISCLI_AUTH ").orElse(""),
                                        container);
        lines.add(
                cli
                        + " --rdb - > \"$saved/dump.rdb\" 2> \"$saved/dump.log\""
                        + " || stop \"$saved/dump.log\"");
        lines.add("[ \"$(head -c 5 \"$saved/dump.rdb\")\" = REDIS ] || stop \"$saved/dump.rdb\"");
        return lines;
    }

    private static String secret(String reference) {
        return reference.startsWith("env:")
                ? "${" + reference.substring("env:".length()) + "-}"
                : "$(cat '" + reference.substring("file:".length()).replace("'", "'\\''") + "')";
    }

    /** As a step carries it. */
    public Map<String, String> with() {
        var with = new LinkedHashMap<String, String>();
        address.ifPresent(at -> with.put(ADDRESS, at.toString()));
        password.ifPresent(reference -> with.put(PASSWORD, reference));
        if (!service.isEmpty()) {
            with.put(SERVICE, service);
        }
        return with;
    }
}
