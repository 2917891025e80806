package backout.host;

import backout.plan.Secrets;
import backout.run.Pause;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What executors are made of: the machines, what the bot keeps, the time.
 *
 * @param engine where the Docker engine of the bot's own machine listens: {@code
 *     unix:///var/run/docker.sock} or {@code tcp://HOST:PORT}
 * @param stateDir where backups, artifacts and the key live, on the bot's own machine
 */
public record Workplace(
        Hosts hosts,
        String engine,
        Path stateDir,
        InstantSource clock,
        LongSupplier nanos,
        Pause pause) {
    public Workplace(
            Hosts hosts, String engine, Path stateDir, InstantSource clock, LongSupplier nanos) {
        this(hosts, engine, stateDir, clock, nanos, Thread::sleep);
    }

    /** With no machine but the bot's own. */
    public static Workplace local(
            String engine, Path stateDir, InstantSource clock, LongSupplier nanos) {
        return new Workplace(Hosts.local(), engine, stateDir, clock, nanos);
    }

    /** Those of the bot's own environment and files. */
    public Secrets secrets() {
        return new Secrets(name -> Objects.requireNonNullElse(System.getenv(name), ""));
    }
}
