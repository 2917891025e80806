package backout.executor.source;

import backout.command.Invocation;
import backout.plan.Chosen;
import backout.plan.Target;
import backout.supervisor.Found;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plan would do, before it is one.
 *
 * @param kept the folder that holds the release ready; empty where it must be built
 */
record Prospect(
        Target target,
        Invocation wanted,
        Layout layout,
        String from,
        Found found,
        Chosen choice,
        Optional<Path> kept) {
    boolean prepares(String action) {
        return wanted.command().prepare().contains(action);
    }

    /** The program that the service runs by; empty where that is no Node. */
    String node() {
        return NodeLook.node(layout.host(), found.owners()).map(Path::toString).orElse("");
    }

    /** Where the release is, or will be. */
    Path folder() {
        return kept.orElseGet(() -> layout.releases().resolve(Names.brief(choice.identity())));
    }

    List<String> checks() {
        return choice.checks(target, wanted.command().checksFor(target));
    }

    /** Names below the release, without any that leads out of it. */
    List<String> carry() {
        return target.settings().texts("carry");
    }

    List<String> saved() {
        List<String> named = target.settings().texts("backup.paths");
        return named.isEmpty() ? carry() : named;
    }
}
