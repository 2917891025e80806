package backout.executor.compose;

import backout.archive.Artifacts;
import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes the project's files for the other release, and the former bytes back. */
final class FileMove implements Move {
    private final Host host;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final Artifacts artifacts;

    FileMove(Host host, ProjectFiles files, Snapshots snapshots, Artifacts artifacts) {
        this.host = host;
        this.files = files;
        this.snapshots = snapshots;
        this.artifacts = artifacts;
    }

    /** One name for what several files hold; {@code hashes} are theirs, a line each. */
    static String identity(String hashes) {
        return "files:" + Sha256.of(hashes).substring(0, 16);
    }

    /** The identity of what the step's files hold now. */
    static String now(Host host, Step step) {
        return identity(String.join("\n", hashes(host, step)));
    }

    private static List<String> hashes(Host host, Step step) {
        return Project.paths(step.need("paths")).stream()
                .map(path -> host.read(path, ProjectFiles.MAX_BYTES).map(Sha256::of).orElse("gone"))
                .toList();
    }

    @Override
    public Duration within(Step step) {
        return Duration.ofSeconds(30);
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            return present(hashes(host, step), step);
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private static Present present(List<String> now, Step step) {
        List<String> before = step.need("before").lines().toList();
        List<String> after = step.need("after").lines().toList();
        if (now.contains("gone")) {
            return new Present.Gone(Phrase.of("a file of {0}", Project.paths(step.need("paths"))));
        }
        boolean ours = true;
        for (int i = 0; i < now.size(); i++) {
            ours &= now.get(i).equals(before.get(i)) || now.get(i).equals(after.get(i));
        }
        boolean whole = now.equals(before) || now.equals(after);
        return ours && !whole
                ? new Present.Between(
                        Phrase.of("some of {0} are written", Project.paths(step.need("paths"))))
                : new Present.At(identity(String.join("\n", now)));
    }

    @Override
    public Phrase move(Step step, Work work) {
        List<String> before = step.need("before").lines().toList();
        List<String> after = step.need("after").lines().toList();
        Map<Path, byte[]> wanted = wanted(step);
        List<String> now = hashes(host, step);
        if (now.equals(before)) {
            work.keep(receipt(step, work));
        } else if (work.kept().isEmpty() && !now.equals(after)) {
            throw changed(differing(step, now));
        }
        int index = 0;
        for (Path path : Project.paths(step.need("paths"))) {
            byte[] bytes = Optional.ofNullable(wanted.get(path)).orElseThrow(() -> changed(path));
            if (!Sha256.of(bytes).equals(after.get(index))) {
                throw changed(path);
            }
            if (!Sha256.of(files.read(path)).equals(after.get(index))) {
                work.requireTime();
                host.write(path, bytes, before.get(index));
            }
            index++;
        }
        return Phrase.of("the former bytes are kept");
    }

    private static Path differing(Step step, List<String> now) {
        List<String> before = step.need("before").lines().toList();
        return IntStream.range(0, now.size())
                .filter(index -> !now.get(index).equals(before.get(index)))
                .mapToObj(Project.paths(step.need("paths"))::get)
                .findFirst()
                .orElseThrow();
    }

    private static ProblemException changed(Path path) {
        return Problem.stop(
                Phrase.of("the file is not what it was when the plan was made"),
                path.toString(),
                Phrase.of("ask for a new plan"));
    }

    private Map<Path, byte[]> wanted(Step step) {
        Project project = Project.of(step);
        if (!step.need("kind").equals("edit")) {
            return snapshots.contents(
                    project, step.need("kind"), step.need("source"), step.need("image"));
        }
        var edited = files.edit(project, step.need("image"));
        return Map.of(edited.after().path(), edited.after().bytes());
    }

    private Receipt receipt(Step step, Work work) {
        var kept = new LinkedHashMap<String, String>();
        int index = 0;
        for (Path path : Project.paths(step.need("paths"))) {
            String run = work.tag().substring(0, work.tag().indexOf('/'));
            Artifacts.Ref ref = artifacts.put(run, "former-" + index, files.read(path));
            kept.put("former." + index++, Snapshots.text(ref));
        }
        return new Receipt(kept);
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        if (receipt.isEmpty()) {
            return NOTHING_TO_TAKE_BACK;
        }
        List<String> before = step.need("before").lines().toList();
        int index = 0;
        for (Path path : Project.paths(step.need("paths"))) {
            if (!Sha256.of(files.read(path)).equals(before.get(index))) {
                byte[] former = read(former(receipt.get(), index));
                work.requireTime();
                host.write(path, former, step.need("after").lines().toList().get(index));
            }
            index++;
        }
        return Phrase.of("the former bytes are back");
    }

    private byte[] read(Artifacts.Ref ref) {
        try (InputStream in = artifacts.get(ref)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the kept former file cannot be read: {0}", Cause.of(e)),
                    ref.path(),
                    Phrase.of("restore it by hand"));
        }
    }

    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        return Phrase.of("the former bytes stay among the artifacts");
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        List<Path> paths = Project.paths(step.need("paths"));
        return receipt.isEmpty()
                ? List.of(Phrase.of("nothing of {0} was written", paths))
                : IntStream.range(0, paths.size())
                        .mapToObj(at -> line(former(receipt.get(), at), paths.get(at)))
                        .toList();
    }

    private Phrase line(Artifacts.Ref former, Path path) {
        String opened = Command.typed(artifacts.argv(former));
        String into = "> " + Command.typed(List.of(path.toString()));
        return Phrase.verbatim(
                host.name().equals("local")
                        ? opened + " " + into
                        : opened + " | " + host.typed("cat " + into));
    }

    private static Artifacts.Ref former(Receipt receipt, int index) {
        return receipt.value("former." + index).map(Snapshots::ref).orElseThrow();
    }

    /** The image's name is no secret; what else a release's own files hold may be one. */
    @Override
    public Script script(Step step) {
        if (!step.need("kind").equals("edit")) {
            throw Problem.stop(
                    Phrase.of(
                            "a script would have to hold the release's own files, and they"
                                    + " may hold secrets"),
                    Phrase.of("ask for it without: with its files"));
        }
        return wanted(step).entrySet().stream()
                .map(one -> new ShellEdit(one.getKey(), files.read(one.getKey()), one.getValue()))
                .map(ShellEdit::script)
                .reduce(Script.NOTHING, Script::then);
    }
}
