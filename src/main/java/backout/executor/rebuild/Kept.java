package backout.executor.rebuild;

import backout.plan.Settings;
import backout.plan.Target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the bot keeps of targets: image and files, each proven to be what was kept.
 *
 * @param key what opens the bot's backups
 */
record Kept(Path key, Unchanged<SavedImage> images, Unchanged<KeptFiles> listings) {
    /**
     * What the files are, and what they ask for.
     *
     * @param at when they were kept
     */
    record KeptFiles(Listing listing, Wants wants, Instant at) {}

    Kept(Path key) {
        this(key, new Unchanged<>(), new Unchanged<>());
    }

    /**
     * @throws backout.problem.ProblemException when it is not there, is another one, or cannot be
     *     read
     */
    SavedImage image(Target target) {
        Settings settings = target.settings();
        Path file = Path.of(settings.text("image-file"));
        String hash = settings.text("image-hash");
        String name = settings.text("image");
        return images.of(
                target.name(),
                List.of(file, hash, name),
                List.of(file),
                () -> SavedImage.of(file, hash, name));
    }

    /**
     * What the files are.
     *
     * @throws backout.problem.ProblemException when one is not there, or another than was kept
     */
    KeptFiles files(Target target) {
        Path place = Path.of(target.settings().text("bundle"));
        var bundle = new Bundle(place, new Project(target).files(), key);
        return Files.isRegularFile(place)
                ? listings.of(
                        target.name(), bundle, List.of(place, key), () -> files(bundle, target))
                : files(bundle, target);
    }

    private static KeptFiles files(Bundle bundle, Target target) {
        Map<String, byte[]> files = bundle.with(Set.of(Wants.EXAMPLE));
        var wants = Wants.of(files, new Project(target).file());
        var put = new LinkedHashMap<>(files);
        put.keySet().retainAll(bundle.names());
        return new KeptFiles(Bundle.listing(put), wants, bundle.at());
    }
}
