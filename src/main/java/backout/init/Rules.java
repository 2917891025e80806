package backout.init;

import backout.command.CommandSpec;
import backout.config.Schemas;
import backout.config.SiteLoader;
import backout.host.Machine;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the commands of this site ask of a configuration, and whether one holds. */
public final class Rules {
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

    private Stream<CommandSpec> rollbacks() {
        return specs.stream().filter(CommandSpec::isRollback);
    }

    /** Whether a command rolls back targets of this kind. */
    boolean rollsBack(String kind) {
        return rollbacks().anyMatch(command -> command.kind().equals(kind));
    }

    /**
     * The checks that a rollback of such a target is proven by, as they are written; none where
     * nothing rolls it back.
     */
    List<String> checks(String kind) {
        return rollbacks()
                .filter(command -> command.kind().equals(kind))
                .findFirst()
                .map(CommandSpec::checks)
                .orElseGet(List::of);
    }

    /** The lowest level that may ask for every kind of rollback. */
    int rollbackLevel() {
        return rollbacks()
                .mapToInt(CommandSpec::level)
                .max()
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("no command rolls anything back"),
                                commands.toString(),
                                Phrase.of("Copy the shipped compose.yml or container.yml there")));
    }

    /** The level that somebody must have, so that every command can be said by somebody. */
    int highestLevel() {
        return specs.stream().mapToInt(CommandSpec::level).max().orElse(0);
    }

    /** The machines that are described there, before there is anything else. */
    List<Machine> machines(Path config) {
        return loader.machines(config);
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
     * @param name {@code KIND/NAME}
     */
    Map<String, Tried> tried(SiteLoader.Loaded loaded, String name) {
        Target target = loaded.site().target(TargetName.of(name)).orElseThrow();
        List<String> fitting =
                loaded.site().checksOf(target).stream()
                        .filter(check ->
                                checks(target.name().kind()).contains(check) && mayNotFit(check))
                        .toList();
        return trying.look(loaded, target, fitting);
    }

    /** That the container or process lives and is the right one must hold for every service. */
    private static boolean mayNotFit(String check) {
        return check.startsWith("should: ") || !check.matches("(container|process) .*");
    }

    /** Puts the schemas beside the files, for editors. */
    void writeSchemas(Path config) {
        schemas.write(config);
    }
}
