package backout.cli;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.config.SiteLoader;
import backout.host.Machine;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of a site that a shell can complete. */
public enum Names {
    TARGETS,
    PEOPLE,
    HOSTS,
    /** What can stand in a command. */
    WORDS;

    /** By what the shell asks for: {@code targets}. */
    static Optional<Names> of(String word) {
        return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Stream<String> of(SiteLoader.Loaded loaded) {
        Site site = loaded.site();
        return switch (this) {
            case TARGETS -> site.targets().keySet().stream().map(target -> target.name());
            case PEOPLE -> site.people().keySet().stream();
            case HOSTS -> loaded.machines().stream().map(Machine::name);
            case WORDS ->
                    Stream.concat(
                            site.commands().stream().map(CommandSpec::name), TARGETS.of(loaded));
        };
    }
}
