package backout.executor.source;

import backout.host.Host;
import backout.plan.Step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a new release takes over from the one that runs: a file as a copy, so that each release
 * keeps its own; a folder as a link, for there is one of it, whatever release writes into it.
 */
record Carried(Host host, Step step) {
    private Path from() {
        return Path.of(step.need("current"));
    }

    private Path into() {
        return Path.of(step.need("folder"));
    }

    /** Before anything is built: a build may read them. */
    List<List<String>> files() {
        return commands(false);
    }

    /** Last, so that no build writes into them. */
    List<List<String>> folders() {
        return commands(true);
    }

    private List<List<String>> commands(boolean folders) {
        var all = new ArrayList<List<String>>();
        for (String name : step.need("carry").lines().toList()) {
            Path there = from().resolve(name).normalize();
            Path here = into().resolve(name).normalize();
            Optional<Path> real = there.startsWith(from()) ? host.real(there) : Optional.empty();
            if (real.isPresent() && host.isFolder(real.get()) == folders) {
                all.addAll(folders ? linked(real.get(), here) : copied(real.get(), here));
            }
        }
        return all;
    }

    /** One that lies outside of the release is shared by all of them. */
    private List<List<String>> copied(Path real, Path here) {
        return real.startsWith(from())
                ? List.of(room(here), List.of("cp", "-p", real.toString(), here.toString()))
                : linked(real, here);
    }

    private List<List<String>> linked(Path real, Path here) {
        return List.of(
                room(here),
                List.of("rm", "-rf", here.toString()),
                List.of("ln", "-s", Layout.of(host, step).after(real).toString(), here.toString()));
    }

    private static List<String> room(Path here) {
        return List.of("mkdir", "-p", here.resolveSibling(".").normalize().toString());
    }
}
