package backout.redis;

import backout.plan.HostPort;
import backout.plan.Settings;
import backout.plan.Step;

import java.util.LinkedHashMap;
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
