package backout.docker;

import backout.plan.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the local tags away that {@link ProtectTask} made, once nobody needs their images. */
public final class ProtectiveTags {
    private final Engine engine;

    public ProtectiveTags(Engine engine) {
        this.engine = engine;
    }

    /**
     * Never the only tag of an image, never one that a container or the project's files name.
     *
     * @param texts what names images that must stay, such as the project's files
     * @param needed image ids
     * @return the tags that went
     */
    public List<String> tidy(Target target, String texts, Set<String> needed) {
        List<ContainerSummary> containers = engine.containers(Map.of());
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
}
