package backout.executor.compose;

import backout.check.BodyPath;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.ImageName;
import backout.docker.ImageText;
import backout.plan.Target;
import backout.run.Deadline;
import backout.run.Running;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of a target runs now. */
final class Sighting {
    /** What is longer, or not one line, is no name that people could use. */
    private static final Predicate<String> NAME =
            Pattern.compile("\\P{Cntrl}{1,64}").asMatchPredicate();

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final Engine engine;
    private final Discovery discovery;
    private final Probe http;

    Sighting(Engine engine, Discovery discovery, Probe http) {
        this.engine = engine;
        this.discovery = discovery;
        this.http = http;
    }

    Optional<Running> of(Target target, Deadline by) {
        ContainerSummary container = discovery.container(target);
        if (!container.state().equals("running")) {
            return Optional.empty();
        }
        Optional<Image> image = engine.images().find(container.imageId());
        ImageName name = name(target, container);
        String text = image.map(local -> ImageText.of(local, name)).orElse(name.toString());
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return Optional.of(new Running(container.imageId(), text, tag, version(target, by)));
    }

    /**
     * The engine shows a bare id where the tag was moved since: then the project's own label knows
     * the name.
     */
    private static ImageName name(Target target, ContainerSummary container) {
        boolean isId =
                container.image().startsWith("sha256:")
                        || container.image().matches("[0-9a-f]{12,64}");
        return ImageName.parse(
                isId ? target.settings().texts("images").getFirst() : container.image());
    }

    /** What the service says of itself; empty when it does not. */
    private String version(Target target, Deadline by) {
        String[] place = target.settings().text(ComposeSettings.VERSION).split(" ", -1);
        var url = target.settings().url("url").map(URI::toString);
        if (url.isEmpty() && place[1].contains("{url}")) {
            return "";
        }
        var asked =
                new Subject.Http(
                        place[0], place[1].replace("{url}", url.orElse("")), Optional.empty());
        Reading reading = http.look(asked, by.atMost(WITHIN).left());
        return reading instanceof Reading.Answered answered
                ? version(new BodyPath(place[2].substring("[BODY]".length())), answered.body())
                : "";
    }

    /** Read as a check reads it, so that both see the same. */
    static String version(BodyPath path, String body) {
        return path.string(body).filter(NAME).orElse("");
    }
}
