package backout.executor.rebuild;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Script;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files put and taken back as a person types it; what is in them is in no line. */
record ShellFiles(Host host, Step step, Listing before, Listing after) {
    Script script() {
        Path bundle = Path.of(step.need("bundle"));
        Script script =
                new Script(List.of("test -e " + quoted(bundle.toString())), forth(bundle), back());
        return Files.isDirectory(bundle)
                ? script
                : script.noting(
                        Phrase.of(
                                "unpack it first: bot/backout open {0} --into {1}",
                                bundle, unpacked(bundle)));
    }

    private static Path unpacked(Path bundle) {
        return Files.isDirectory(bundle) ? bundle : bundle.resolveSibling("unpacked");
    }

    private List<String> forth(Path bundle) {
        var lines = new ArrayList<String>();
        for (String name : after.names()) {
            String file = file(name);
            String kept = isNew(name) ? "" : " && cp -a " + file + " " + aside(name);
            lines.add(
                    host.typed(
                                    "umask 077 && mkdir -p \"$(dirname %s)\"%s && cat >%s"
                                            .formatted(file, kept, file))
                            + " <"
                            + quoted(unpacked(bundle).resolve(name).toString()));
        }
        return lines;
    }

    /** From wherever it stopped. */
    List<String> back() {
        var lines = new ArrayList<String>();
        for (String name : after.names()) {
            lines.add(
                    isNew(name)
                            ? "rm -f " + file(name)
                            : "[ ! -e %s ] || mv %s %s"
                                    .formatted(aside(name), aside(name), file(name)));
        }
        List<String> missing = step.need("missing").lines().toList();
        if (!missing.isEmpty()) {
            lines.add("rmdir -- " + Command.typed(missing) + " 2>/dev/null || :");
        }
        return lines.stream().map(host::typed).toList();
    }

    private boolean isNew(String name) {
        return before.hash(name).equals(Listing.NONE);
    }

    private String file(String name) {
        return quoted(step.need("folder") + "/" + name);
    }

    private String aside(String name) {
        String hash = before.hash(name).substring(0, 12);
        return quoted(step.need("folder") + "/" + name + ".before-" + hash);
    }

    private static String quoted(String text) {
        return Command.typed(List.of(text));
    }
}
