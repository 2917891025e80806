package backout.executor.source;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What leads to the release that is served, and how it is turned to another one: at once, for a new
 * link is renamed over the former one.
 */
record Link(Host host, Layout layout) {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    static Link of(Host host, Step step) {
        return new Link(host, Layout.of(host, step));
    }

    private Path link() {
        return layout.link();
    }

    private boolean isInPlace() {
        return layout.isInPlace();
    }

    /** Where the former release is, or will be once another one is served. */
    Path aside() {
        return isInPlace() ? layout.adopted() : layout.current();
    }

    /** Where it is served from. */
    Path former() {
        return layout.current();
    }

    /** The release that is served now. */
    Path leadsTo() {
        if (isHalf() && host.isFolder(aside())) {
            return layout.current();
        }
        return host.real(link())
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("{0} leads nowhere", link()),
                                host.name(),
                                Phrase.of("look what became of it: ls -l {0}", link())));
    }

    /** What the link says now; empty where a checkout stands there. */
    String text() {
        return isInPlace() ? "" : run(List.of("readlink", link().toString())).strip();
    }

    void requireRelease(Path release) {
        if (!host.isFolder(release)) {
            throw Problem.stop(
                    Phrase.of("the release is gone: {0}", release),
                    host.name(),
                    Phrase.of("nothing was changed; ask again, so that it is built anew"));
        }
    }

    /** Whether nothing of a turn is left. */
    boolean isBack(String text) {
        return isInPlace() ? host.exists(link()) && !isTurned() : text().equals(text);
    }

    /** A checkout was moved aside, and nothing is in its place yet, or again. */
    boolean isHalf() {
        return isInPlace() && !host.exists(link());
    }

    private boolean isTurned() {
        return Layout.isLink(host, link());
    }

    void turn(Path release) {
        forth(release, isInPlace() && !isTurned() && !isHalf()).forEach(this::run);
    }

    /** From where nothing of it is done. */
    List<List<String>> forth(Path release) {
        return forth(release, isInPlace());
    }

    private List<List<String>> forth(Path release, boolean moves) {
        var all = new ArrayList<List<String>>();
        if (moves) {
            all.add(List.of("mkdir", "-p", layout.releases().toString()));
            all.add(moved(link(), aside()));
        }
        all.addAll(put(release.toString()));
        return all;
    }

    void back(String text) {
        run(List.of("rm", "-f", fresh()));
        if (!isBack(text)) {
            back(text, isTurned()).forEach(this::run);
        }
    }

    /** From wherever it stopped, for a shell. */
    List<String> typedBack(String text) {
        if (!isInPlace()) {
            return typed(put(text));
        }
        String here = Command.typed(List.of(link().toString()));
        String there = Command.typed(List.of(aside().toString()));
        return List.of(
                "rm -f " + Command.typed(List.of(fresh())),
                "if [ -L %s ]; then rm %s; fi".formatted(here, here),
                "if [ ! -e %s ]; then mv -T %s %s; fi".formatted(here, there, here));
    }

    private List<List<String>> back(String text, boolean isTurned) {
        if (!isInPlace()) {
            return put(text);
        }
        return isTurned
                ? List.of(List.of("rm", "-f", link().toString()), moved(aside(), link()))
                : List.of(moved(aside(), link()));
    }

    /** At once: the new link is renamed over the former one. */
    private List<List<String>> put(String target) {
        return List.of(
                List.of("ln", "-sfn", target, fresh()),
                List.of("mv", "-T", fresh(), link().toString()));
    }

    private static List<String> moved(Path from, Path to) {
        return List.of("mv", "-T", from.toString(), to.toString());
    }

    private String fresh() {
        return link().resolveSibling("." + link().getFileName() + ".backout").toString();
    }

    /** Lines of a shell. */
    static List<String> typed(List<List<String>> commands) {
        return commands.stream().map(Command::typed).toList();
    }

    private String run(List<String> argv) {
        Result.Exited told = host.run(Command.of(WITHIN, argv).in(Path.of("/"))).exited();
        if (!told.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} ended with {1}: {2}",
                            told.command().summary(),
                            told.exitCode(),
                            told.stderr().text().strip()),
                    host.name(),
                    Phrase.of("look what is there: ls -l {0}", link().resolveSibling(".")));
        }
        return told.stdout().text();
    }
}
