package backout.redis;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** One Redis, reached as the service reaches it. Thread-safe; connects when first asked. */
public final class RedisServer implements AutoCloseable {
    private final RedisAddress address;
    private final Duration answerWithin;
    private final RedisClient client;

    /**
     * @param answerWithin for connecting, and again for each answer
     */
    public RedisServer(RedisAddress address, Duration answerWithin) {
        this.address = address;
        this.answerWithin = answerWithin;
        this.client =
                RedisClient.builder()
                        .hostAndPort(address.host(), address.port())
                        .clientConfig(config(address, answerWithin))
                        .poolConfig(pool(answerWithin))
                        .build();
    }

    public RedisInfo info() {
        return RedisInfo.parse(ask("INFO", RedisClient::info), where());
    }

    /** Where it will write its copy, as the server sees it: without a way up out of a volume. */
    public Path dump() {
        String dir = config("dir").getOrDefault("dir", "/");
        return Path.of(dir)
                .resolve(config("dbfilename").getOrDefault("dbfilename", "dump.rdb"))
                .normalize();
    }

    /**
     * Saves a consistent copy in the background and waits until it is on the server's disk. Changes
     * nothing else; may be repeated.
     *
     * @return the copy, as the server sees it: inside a container that is the container's path
     * @param within for the whole save, with waiting for saves that run already
     */
    public Path snapshot(Duration within, InstantSource clock, Pause pause) {
        return new Saving(this, clock, pause, within).save();
    }

    @Override
    public void close() {
        client.close();
    }

    String where() {
        return address.toString();
    }

    /** The server's refusal as text, or its answer. */
    String bgsave() {
        return ask(
                "BGSAVE",
                c -> {
                    try {
                        return text(c.executeCommand(new CommandArguments(Command.BGSAVE)));
                    } catch (JedisAccessControlException denied) {
                        throw denied;
                    } catch (JedisDataException refused) {
                        return String.valueOf(refused.getMessage());
                    }
                });
    }

    Map<String, String> config(String name) {
        return ask("CONFIG GET " + name, c -> c.configGet(name));
    }

    private <T> T ask(String command, Function<RedisClient, T> question) {
        try {
            return question.apply(client);
        } catch (JedisAccessControlException denied) {
            throw isForbidden(denied) ? refused(command, denied) : notLetIn(denied);
        } catch (JedisConnectionException silent) {
            throw problem(
                    Phrase.of(
                            "Redis did not answer {0} within {1} ms: {2}",
                            command, answerWithin.toMillis(), cause(silent)),
                    Phrase.of(
                            "Look if Redis runs and if the bot can reach it as the service does"));
        } catch (JedisDataException refused) {
            throw refused(command, refused);
        } catch (JedisException other) {
            throw problem(
                    Phrase.of("Redis could not be asked {0}: {1}", command, cause(other)),
                    Phrase.of(
                            "Look if Redis runs and if the bot can reach it as the service does"));
        }
    }

    private static boolean isForbidden(JedisAccessControlException denied) {
        return String.valueOf(denied.getMessage()).startsWith("NOPERM");
    }

    private ProblemException notLetIn(JedisException denied) {
        return problem(
                Phrase.of("Redis does not let us in: {0}", denied.getMessage()),
                Phrase.of("Correct user and password of this Redis in targets.yml"));
    }

    private ProblemException refused(String command, JedisException why) {
        return problem(
                Phrase.of("Redis refused {0}: {1}", command, why.getMessage()),
                Phrase.of(
                        "Allow the user PING, INFO, BGSAVE and CONFIG GET, or go without the Redis"
                                + " backup"));
    }

    private ProblemException problem(Phrase what, Phrase next) {
        return Problem.stop(what, where(), next);
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(answer);
    }

    /** jedis wraps the reason, often twice. */
    private static String cause(Throwable wrapped) {
        Throwable deepest = wrapped;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private static DefaultJedisClientConfig config(RedisAddress address, Duration within) {
        int millis = Math.toIntExact(within.toMillis());
        var config =
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol() // anything else says HELLO, which Redis 5 does not
                        // know
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // an ACL may forbid it
                        .connectionTimeoutMillis(millis)
                        .socketTimeoutMillis(millis)
                        .database(address.database());
        if (address.tls()) {
            config.sslOptions(
                    SslOptions.defaults()); // checks the name too, plain ssl(true) does not
        }
        address.password()
                .ifPresent(secret ->
                        config.credentialsProvider(() ->
                                new DefaultRedisCredentials(
                                        address.user().orElse(null), secret.get())));
        return config.build();
    }

    private static ConnectionPoolConfig pool(Duration within) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(4);
        pool.setMaxWait(within);
        pool.setMaxIdle(
                0); // Redis may be restarted any time, and a kept connection would then fail
        return pool;
    }
}
