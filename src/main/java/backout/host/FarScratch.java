package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A {@link Host.ScratchFolder} of a machine that can only be told what to run. */
record FarScratch(Host host, Path path) implements Host.ScratchFolder {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    /** What an earlier bot could not remove, for its line was cut, is gone after an hour. */
    private static final String MAKE =
            """
            umask 077
            cd "${TMPDIR:-/tmp}" || exit 1
            find . -maxdepth 1 -name 'backout-scratch-*' -user "$(id -u)" -mmin +60 \
              -exec rm -rf {} + 2>/dev/null
            made=$(mktemp -d "$PWD/backout-scratch-XXXXXX") && echo "$made"
            """;

    private static final String WRITE = "umask 077; mkdir -p \"${1%/*}\" && cat > \"$1\"";

    static FarScratch of(Host host, Map<String, byte[]> files) {
        String made = succeed(host, Command.of(WITHIN, "sh", "-c", MAKE));
        var folder = new FarScratch(host, Path.of(made.strip()));
        try {
            files.forEach(folder::put);
            return folder;
        } catch (ProblemException e) {
            folder.removeAfter(e);
            throw e;
        }
    }

    private void put(String name, byte[] content) {
        String whole = path + "/" + name;
        Command put =
                name.endsWith("/")
                        ? Command.of(WITHIN, "mkdir", "-p", whole)
                        : Command.of(WITHIN, "sh", "-c", WRITE, "sh", whole).feeding(content);
        succeed(host, put);
    }

    /** Clean-up never hides why it was needed. */
    private void removeAfter(ProblemException why) {
        try {
            close();
        } catch (ProblemException left) {
            why.addSuppressed(left);
        }
    }

    @Override
    public void close() {
        succeed(host, Command.of(WITHIN, List.of("rm", "-rf", path.toString())));
    }

    private static String succeed(Host host, Command command) {
        Result.Exited exited = host.run(command).exited();
        if (!exited.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "no folder for a moment: {0}",
                            new String(exited.stderr().bytes(), StandardCharsets.UTF_8).strip()),
                    host.name(),
                    Phrase.of("make room in the folder of temporary files"));
        }
        return exited.stdout().text();
    }
}
