package backout.init;

import backout.command.CommandSpec;
import backout.config.Schemas;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the commands of this site ask of a configuration, and whether one holds. */
public final class Rules {
    private static final String COMPOSE = "compose";

    private final SiteLoader loader;
    private final Schemas schemas;
    private final Path commands;
    private final List<CommandSpec> specs;
    private final Trying trying;

    /** How a check was when it was tried. */
    public record Tried(boolean holds, Phrase seen) {}

    /** Tries checks on what runs now. */
    @FunctionalInterface
    public interface Trying {
        /** By check; those about which nothing can be said now are left out. */
        Map<String, Tried> look(SiteLoader.Loaded loaded, Target target, List<String> checks);
    }

    /**
     * Reads the commands.
     *
     * @throws ProblemException with everything that is wrong in them
     */
    public Rules(SiteLoader loader, Schemas schemas, Path commands, Trying trying) {
        this.loader = loader;
        this.schemas = schemas;
        this.commands = commands;
        this.specs = loader.commands(commands);
        this.trying = trying;
    }

    private CommandSpec rollback() {
        return specs.stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> command.kind().equals(COMPOSE))
                .findFirst()
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("no command rolls back compose services"),
                                commands.toString(),
                                Phrase.of("Copy the shipped compose.yml there")));
    }

    /** The checks that a rollback of a compose service is proven by, as they are written. */
    List<String> checks() {
        return rollback().checks();
    }

    /** The lowest level that may ask for a rollback of a compose service. */
    int rollbackLevel() {
        return rollback().level();
    }

    /** The level that somebody must have, so that every command can be said by somebody. */
    int highestLevel() {
        return specs.stream().mapToInt(CommandSpec::level).max().orElse(0);
    }

    /**
     * Reads the folder as {@code bot/backout check} does.
     *
     * @throws ProblemException with everything that is wrong in it
     */
    SiteLoader.Loaded load(Path config) {
        return loader.load(commands, config);
    }

    /**
     * The command's checks tried on what runs now; those about which nothing can be said now are
     * left out.
     *
     * @param name {@code compose/NAME}
     */
    Map<String, Tried> tried(SiteLoader.Loaded loaded, String name) {
        Target target = loaded.site().target(TargetName.of(name)).orElseThrow();
        List<String> fitting =
                loaded.site().checksOf(target).stream()
                        .filter(check -> checks().contains(check) && mayNotFit(check))
                        .toList();
        return trying.look(loaded, target, fitting);
    }

    /** That the container lives and is the right one must hold for every service. */
    private static boolean mayNotFit(String check) {
        return check.startsWith("should: ") || !check.startsWith("container ");
    }

    /** Puts the schemas beside the files, for editors. */
    void writeSchemas(Path config) {
        schemas.write(config);
    }
}
