package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.ImageName;
import backout.plan.Target;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the local tags away that {@link ProtectTask} made, once nobody needs their images. */
final class ProtectiveTags {
    private final Engine engine;
    private final ProjectFiles files;

    ProtectiveTags(Engine engine, ProjectFiles files) {
        this.engine = engine;
        this.files = files;
    }

    /**
     * Never the only tag of an image, never one that a container or the project's files name.
     *
     * @param needed image ids
     * @return the tags that went
     */
    List<String> tidy(Target target, Project project, Set<String> needed) {
        List<ContainerSummary> containers = engine.containers(Map.of());
        String texts = texts(project);
        var gone = new ArrayList<String>();
        for (String repository : target.settings().texts("images")) {
            engine.images()
                    .tagged(repository + ":backout-*")
                    .forEach((tag, id) -> {
                        boolean used =
                                needed.contains(id)
                                        || texts.contains(tag)
                                        || containers.stream().anyMatch(c -> uses(c, tag, id));
                        if (isOurs(tag, id)
                                && !used
                                && engine.images().untag(ImageName.parse(tag))) {
                            gone.add("the protective tag " + tag);
                        }
                    });
        }
        return gone;
    }

    /** Somebody else may name an image so as well, but not after the image itself. */
    private static boolean isOurs(String tag, String id) {
        return ImageText.protective(id, ImageName.parse(tag)).toString().equals(tag);
    }

    private static boolean uses(ContainerSummary container, String tag, String id) {
        return container.imageId().equals(id) || container.image().equals(tag);
    }

    private String texts(Project project) {
        var texts = new StringBuilder();
        for (Path path : files.paths(project)) {
            texts.append(new String(files.read(path), StandardCharsets.UTF_8)).append('\n');
        }
        return texts.toString();
    }
}
