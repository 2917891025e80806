package backout.serve;

import backout.language.Language;
import backout.operations.Lookout;
import backout.plan.Secrets;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the process stands in.
 *
 * @param home the folder of {@code config/} and {@code commands/}
 * @param terminal whether a person sits at both streams
 * @param pauses between the looks of one that serves at what it needs
 */
public record ProcessContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        int width,
        Map<String, String> environment,
        Path home,
        InstantSource clock,
        LongSupplier nanos,
        ZoneId zone,
        Lookout.Pauses pauses,
        Stop stop) {
    public ProcessContext {
        environment = Map.copyOf(environment);
    }

    public Language language() {
        return Language.of(environment, zone);
    }

    /** What references to the environment lead to, and to files. */
    public Secrets secrets() {
        return new Secrets(name -> environment.getOrDefault(name, ""));
    }
}
