package backout.demo;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that demos made: on the engine by their label and project, on disk by their folder's name,
 * processes by their mark.
 */
final class Remains {
    /**
     * What the demo's images, and with them its containers, are labelled with: the owner's name.
     */
    static final String LABEL = "backout.demo";

    private static final String PROJECT = "com.docker.compose.project";

    private final Optional<Docker> docker;
    private final Path temporary;

    /**
     * @param docker empty where no engine can be asked
     * @param temporary the folder that demos make their folders in
     */
    Remains(Optional<Docker> docker, Path temporary) {
        this.docker = docker;
        this.temporary = temporary;
    }

    /** The names of demos whose process is gone. */
    List<String> ofTheDead() {
        var names = new TreeSet<String>(Marked.names());
        names.addAll(
                labels(
                        "{{.Label \"" + LABEL + "\"}}",
                        "ps",
                        "--all",
                        "--filter",
                        "label=" + LABEL));
        names.addAll(
                labels(
                        "{{.Label \"" + PROJECT + "\"}}",
                        "network",
                        "ls",
                        "--filter",
                        "label=" + PROJECT));
        names.addAll(imageLabels());
        names.addAll(folders());
        return names.stream()
                .filter(name -> Owner.of(name).filter(Owner::isDead).isPresent())
                .toList();
    }

    private List<String> labels(String template, String... words) {
        var all = Stream.concat(Stream.of(words), Stream.of("--format", template));
        return run(all);
    }

    private List<String> imageLabels() {
        var ids = ids("images", "--all", "--filter", "label=" + LABEL);
        if (ids.isEmpty()) {
            return List.of();
        }
        var template = "{{index .Config.Labels \"" + LABEL + "\"}}";
        var words =
                Stream.concat(Stream.of("image", "inspect", "--format", template), ids.stream());
        return run(words);
    }

    private List<String> folders() {
        try (var all = Files.newDirectoryStream(temporary, Owner.PREFIX + "*")) {
            var names = new ArrayList<String>();
            for (Path folder : all) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(folder.getFileName().toString());
                }
            }
            return names;
        } catch (IOException e) {
            throw new ProblemException(cannotRemove(temporary, e));
        }
    }

    /**
     * Removes all of one demo. May be called again.
     *
     * @return what it was: "2 containers, 1 network, 3 images and the folder"; empty for nothing
     * @throws ProblemException when something is left, with the commands that remove it
     */
    Phrase remove(String name) {
        int processes = Marked.end(name);
        int containers = removeAll(containers(name), "rm", "--force", "--volumes");
        int networks = removeAll(ofProject("network", name), "network", "rm");
        int volumes = removeAll(ofProject("volume", name), "volume", "rm");
        int images = removeAll(images(name), "image", "rm", "--force");
        var what = new ArrayList<Phrase>();
        if (containers > 0) {
            what.add(Phrase.count(containers, "{0} container", "{0} containers"));
        }
        if (networks > 0) {
            what.add(Phrase.count(networks, "{0} network", "{0} networks"));
        }
        if (volumes > 0) {
            what.add(Phrase.count(volumes, "{0} volume", "{0} volumes"));
        }
        if (images > 0) {
            what.add(Phrase.count(images, "{0} image", "{0} images"));
        }
        if (processes > 0) {
            what.add(Phrase.count(processes, "{0} process", "{0} processes"));
        }
        if (deleteFolder(temporary.resolve(name))) {
            what.add(Phrase.of("the folder {0}", temporary.resolve(name)));
        }
        return what.isEmpty() ? Phrase.NONE : Phrase.list(what);
    }

    private List<String> containers(String name) {
        var all = new TreeSet<>(ids("ps", "--all", "--filter", "label=" + LABEL + "=" + name));
        all.addAll(ids("ps", "--all", "--filter", "label=" + PROJECT + "=" + name));
        return List.copyOf(all);
    }

    private List<String> ofProject(String kind, String name) {
        return ids(kind, "ls", "--filter", "label=" + PROJECT + "=" + name);
    }

    private List<String> images(String name) {
        return ids("images", "--all", "--filter", "label=" + LABEL + "=" + name);
    }

    /** Each once: an image with two tags is listed twice. */
    private List<String> ids(String... words) {
        var all = Stream.concat(Stream.of(words), Stream.of("--quiet"));
        return run(all).stream().distinct().toList();
    }

    private List<String> run(Stream<String> words) {
        return docker.map(engine -> engine.run(words.toArray(String[]::new)).lines().toList())
                .orElse(List.of());
    }

    private int removeAll(List<String> ids, String... words) {
        if (!ids.isEmpty()) {
            var _ = run(Stream.concat(Stream.of(words), ids.stream()));
        }
        return ids.size();
    }

    /** Follows no link; what somebody else removes meanwhile is no harm. */
    static boolean deleteFolder(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ProblemException(cannotRemove(folder, e));
        }
    }

    private static Problem cannotRemove(Path folder, Exception e) {
        return new Problem(
                Phrase.of("cannot be removed: {0}", Cause.of(e)),
                folder.toString(),
                Phrase.of("Remove it by hand: rm -r {0}", folder));
    }
}
