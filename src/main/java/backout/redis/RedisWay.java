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
     * @param container what prints the ids of its containers, where it has a service
     */
    public List<String> typed(String container) {
        var lines = new ArrayList<String>();
        lines.add("export REDISCLI_AUTH=\"" + password.map(RedisWay::secret).orElse("") + "\"");
        String dump = " --rdb - > \"$saved/dump.rdb\" 2> \"$saved/dump.log\"";
        if (service.isEmpty()) {
            HostPort at = address.orElseThrow();
            lines.add("redis-cli -h %s -p %d%s".formatted(at.host(), at.port(), dump));
        } else {
            lines.add("redis=$(" + container + ")");
            lines.add("docker exec --env REDISCLI_AUTH \"$redis\" redis-cli" + dump);
        }
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
