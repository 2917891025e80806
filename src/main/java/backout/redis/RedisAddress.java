package backout.redis;

import static java.util.Objects.requireNonNull;

import backout.plan.HostPort;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where and as whom the service itself reaches its Redis.
 *
 * @param user an ACL user; empty means the default one
 * @param password asked anew for each connection; empty when the server wants none
 * @param tls the server's certificate and name are checked
 */
public record RedisAddress(
        String host,
        int port,
        Optional<String> user,
        Optional<Supplier<char[]>> password,
        int database,
        boolean tls) {
    public RedisAddress {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (host.isBlank() || port < 1 || port > 65535 || database < 0) {
            throw new IllegalArgumentException("no address of a Redis: " + host + ":" + port);
        }
    }

    public static RedisAddress of(String host, int port) {
        return new RedisAddress(host, port, Optional.empty(), Optional.empty(), 0, false);
    }

    public RedisAddress withPassword(Supplier<char[]> secret) {
        return new RedisAddress(host, port, user, Optional.of(secret), database, tls);
    }

    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + new HostPort(host, port) + "/" + database;
    }
}
