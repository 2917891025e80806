package backout.executor.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.ImageName;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Receipt;
import backout.run.Task;
import backout.run.Work;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives both images a local tag of their own, so that no pruning takes away the way there or the
 * way back.
 */
final class ProtectTask implements Task {
    private final Engine engine;

    ProtectTask(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Duration within(Step step) {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return missing(step).isEmpty();
    }

    @Override
    public Phrase perform(Step step, Work work) {
        Map<ImageName, String> missing = missing(step);
        var made = new LinkedHashSet<>(made(work.kept()));
        missing.keySet().forEach(name -> made.add(name.toString()));
        work.keep(new Receipt(Map.of("made", String.join("\n", made))));
        missing.forEach((name, id) -> engine.images().tag(id, name));
        return Phrase.list(tags(step).keySet().stream().map(ImageName::toString).toList());
    }

    private Map<ImageName, String> missing(Step step) {
        var missing = new LinkedHashMap<>(tags(step));
        missing.keySet().removeIf(name -> engine.images().find(name.toString()).isPresent());
        return missing;
    }

    private Map<ImageName, String> tags(Step step) {
        var tags = new LinkedHashMap<ImageName, String>();
        for (List<String> pair :
                List.of(
                        List.of(step.from(), step.need("from-image")),
                        List.of(step.to(), step.need("to-image")))) {
            if (pair.getFirst().equals(Step.NOTHING)) {
                continue;
            }
            Image image = engine.images().find(pair.get(0)).orElseThrow(() -> gone(pair.get(0)));
            String name = pair.get(1).startsWith("sha256:") ? step.need("to-image") : pair.get(1);
            tags.put(ImageText.protective(image.id(), ImageName.parse(name)), image.id());
        }
        return tags;
    }

    private static ProblemException gone(String id) {
        return Problem.stop(
                Phrase.of("the image is gone"),
                id,
                Phrase.of("nothing was changed; pull or load it again"));
    }

    /** Takes back the tags that this run made, and no other. */
    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
        made(receipt).forEach(name -> engine.images().untag(ImageName.parse(name)));
    }

    private static List<String> made(Optional<Receipt> receipt) {
        return receipt.flatMap(kept -> kept.value("made")).orElse("").lines().toList();
    }
}
