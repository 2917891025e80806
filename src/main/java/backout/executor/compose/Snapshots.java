package backout.executor.compose;

import backout.archive.Artifacts;
import backout.executor.compose.file.ComposeFiles;
import backout.executor.compose.file.Edited;
import backout.executor.compose.file.SourceFile;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.Sha256;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compose and env files that belong to a release: kept when it proved good, or found in git.
 */
final class Snapshots {
    private static final JsonMapper JSON = new JsonMapper();

    /** Beside the files, whose keys are absolute paths: where they belong. */
    private static final String PROJECT = "project";

    private final ProjectFiles files;
    private final Artifacts artifacts;
    private final GitFiles git;

    Snapshots(ProjectFiles files, Artifacts artifacts, GitFiles git) {
        this.files = files;
        this.artifacts = artifacts;
        this.git = git;
    }

    /** A reference as one word, for receipts and events. */
    static String text(Artifacts.Ref ref) {
        return ref.path() + " " + ref.sha256() + " " + ref.size();
    }

    static Artifacts.Ref ref(String text) {
        String[] words = text.split(" ");
        return new Artifacts.Ref(words[0], words[1], Long.parseLong(words[2]));
    }

    /** Keeps the project's files as they are now; encrypted, for env files hold secrets. */
    String keep(Project project, String owner) {
        var contents = new LinkedHashMap<String, Object>();
        contents.put(
                PROJECT,
                Map.of(
                        "directory",
                        project.directory().toString(),
                        "files",
                        Project.lines(project.files()),
                        "env-files",
                        Project.lines(project.envFiles())));
        for (Path path : files.paths(project)) {
            contents.put(path.toString(), Base64.getEncoder().encodeToString(files.read(path)));
        }
        byte[] bytes = JSON.writeValueAsString(contents).getBytes(StandardCharsets.UTF_8);
        return text(artifacts.put(owner, "files", bytes));
    }

    /**
     * What would change in the files if this release got its own back; names of keys, never values.
     */
    FileChange change(Project project, Chosen choice) {
        Release release = choice.release();
        String kind = release.files() == null ? "git" : "snapshot";
        String source = release.files() == null ? git.commitOf(project, release) : release.files();
        var hashes = new LinkedHashMap<Path, FileChange.Hashes>();
        var says = new ArrayList<Phrase>();
        Map<Path, byte[]> contents = contents(project, kind, source, choice.source());
        contents.forEach((path, after) -> {
            byte[] before = files.read(path);
            hashes.put(path, new FileChange.Hashes(Sha256.of(before), Sha256.of(after)));
            List<Phrase> keys = KeyDiff.of(before, after);
            if (!keys.isEmpty()) {
                says.add(Phrase.of("{0} ({1})", FileChange.shown(path, project.directory()), keys));
            }
        });
        Phrase changes =
                says.isEmpty() ? Phrase.of("they are the same") : Phrase.joined("; ", says);
        Phrase restores =
                kind.equals("git")
                        ? Phrase.of(
                                "restore the files of {0} as of commit {1}: {2}",
                                release.name(), source.substring(0, 10), changes)
                        : Phrase.of(
                                "restore the files of {0} as of when it was good: {1}",
                                release.name(), changes);
        return new FileChange(kind, source, hashes, contents, Map.of(), restores, List.of());
    }

    /** The release's files with the image written so that it cannot move. */
    Map<Path, byte[]> contents(Project project, String kind, String source, String image) {
        Map<Path, byte[]> own = kind.equals("git") ? git.files(project, source) : read(ref(source));
        var contents = new LinkedHashMap<Path, byte[]>();
        files.paths(project)
                .forEach(path -> contents.put(path, own.getOrDefault(path, files.read(path))));
        Edited edited = edit(project, contents, image);
        contents.put(edited.after().path(), edited.after().bytes());
        return contents;
    }

    private Edited edit(Project project, Map<Path, byte[]> contents, String image) {
        ComposeFiles now = files.load(project);
        var restored =
                new ComposeFiles(
                        replaced(now.files(), contents),
                        now.directory(),
                        now.project(),
                        now.shell(),
                        replaced(now.envFiles(), contents),
                        path ->
                                Optional.ofNullable(contents.get(path))
                                        .or(() -> now.reader().read(path)));
        return restored.edit(project.service(), image);
    }

    private static List<SourceFile> replaced(List<SourceFile> files, Map<Path, byte[]> contents) {
        return files.stream()
                .map(file ->
                        new SourceFile(
                                file.path(), contents.getOrDefault(file.path(), file.bytes())))
                .toList();
    }

    /**
     * Where the target's project was when a release of it was good last; empty where nothing was
     * kept.
     */
    Optional<Project> project(Target target, Ledger ledger) {
        return ledger.releases().stream()
                .flatMap(release -> Optional.ofNullable(release.files()).stream())
                .findFirst()
                .map(kept -> project(target, json(ref(kept))));
    }

    private Project project(Target target, JsonNode kept) {
        List<Path> paths =
                kept.propertyNames().stream()
                        .filter(name -> !name.equals(PROJECT))
                        .map(Path::of)
                        .toList();
        JsonNode place = kept.path(PROJECT);
        List<Path> files =
                place.isMissingNode()
                        ? paths.stream().filter(Snapshots::isYaml).toList()
                        : Project.paths(place.path("files").asString(""));
        String directory =
                place.path("directory").asString(String.valueOf(files.getFirst().getParent()));
        return new Project(
                target.settings().text("project"),
                target.settings().text("service"),
                Path.of(directory),
                files,
                Project.paths(place.path("env-files").asString("")),
                List.of());
    }

    private static boolean isYaml(Path path) {
        return path.toString().matches(".*\\.ya?ml");
    }

    private Map<Path, byte[]> read(Artifacts.Ref ref) {
        var contents = new LinkedHashMap<Path, byte[]>();
        json(ref)
                .propertyStream()
                .filter(file -> !file.getKey().equals(PROJECT))
                .forEach(file ->
                        contents.put(
                                Path.of(file.getKey()),
                                Base64.getDecoder().decode(file.getValue().asString(""))));
        return contents;
    }

    private JsonNode json(Artifacts.Ref ref) {
        try (InputStream in = artifacts.get(ref)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the kept files of the release cannot be read"),
                    ref.path(),
                    Phrase.of("leave out: with its files"));
        }
    }
}
