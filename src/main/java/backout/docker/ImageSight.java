package backout.docker;

import backout.check.Probe;
import backout.plan.Target;
import backout.run.Deadline;
import backout.run.ReportedVersion;
import backout.run.Running;

import java.util.Optional;
import java.util.Set;

/**
 * What of a target that is one container runs now.
 *
 * @param http asks which version it reports
 */
public record ImageSight(Engine engine, Probe http) {
    /** What crashes again and again is what runs, however ill. */
    private static final Set<String> THERE = Set.of("running", "restarting");

    /** Empty where the container does not run. */
    public Optional<Running> of(Target target, ContainerSummary container, Deadline by) {
        if (!THERE.contains(container.state())) {
            return Optional.empty();
        }
        Optional<Image> image = engine.images().find(container.imageId());
        ImageName name = name(target, container);
        String text = image.map(local -> ImageText.of(local, name)).orElse(name.toString());
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return Optional.of(
                new Running(
                        container.imageId(), text, tag, new ReportedVersion(http).of(target, by)));
    }

    /**
     * The engine shows a bare id where the tag was moved since: then the target's own file knows
     * the name.
     */
    private static ImageName name(Target target, ContainerSummary container) {
        boolean isId =
                container.image().startsWith("sha256:")
                        || container.image().matches("[0-9a-f]{12,64}");
        return ImageName.parse(
                isId ? target.settings().texts("images").getFirst() : container.image());
    }
}
