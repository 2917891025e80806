package backout.executor.compose;

import backout.check.BodyPath;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.ImageName;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.run.Deadline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of a target runs now, for its ledger. */
final class Sighting {
    private static final BodyPath VERSION = new BodyPath(".version");

    /** What is longer, or not one line, is no name that people could use. */
    private static final Predicate<String> NAME =
            Pattern.compile("\\P{Cntrl}{1,64}").asMatchPredicate();

    private final Engine engine;
    private final Discovery discovery;
    private final Probe http;
    private final InstantSource clock;

    Sighting(Engine engine, Discovery discovery, Probe http, InstantSource clock) {
        this.engine = engine;
        this.discovery = discovery;
        this.http = http;
        this.clock = clock;
    }

    List<TargetEvent> of(Target target, Deadline by) {
        ContainerSummary container = discovery.container(target);
        if (!container.state().equals("running")) {
            return List.of();
        }
        Optional<Image> image = engine.images().find(container.imageId());
        ImageName name = name(target, container);
        String text = image.map(local -> ImageText.of(local, name)).orElse(name.toString());
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return List.of(
                new TargetEvent.Seen(
                        clock.instant(), container.imageId(), text, tag, version(target, by)));
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

    /** What the service says of itself in its health body; empty when it does not. */
    private String version(Target target, Deadline by) {
        var url = target.settings().url("url");
        if (url.isEmpty()) {
            return "";
        }
        String health = url.get().toString().replaceAll("/$", "") + "/health";
        Reading reading =
                http.look(
                        new Subject.Http("GET", health, Optional.empty()),
                        by.atMost(Duration.ofSeconds(3)).left());
        if (!(reading instanceof Reading.Answered answered)) {
            return "";
        }
        return version(answered.body());
    }

    /** Read where the shipped check reads it, so that both see the same. */
    static String version(String body) {
        return VERSION.string(body).filter(NAME).orElse("");
    }
}
