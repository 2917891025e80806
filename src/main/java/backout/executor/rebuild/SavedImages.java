package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Cause;
import backout.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The saved images of targets; a file that is as it was is not read again. */
final class SavedImages {
    private final Map<TargetName, Read> read = new ConcurrentHashMap<>();

    /** What was read, and of which file. */
    private record Read(String sha256, FileTime modified, SavedImage image) {}

    /**
     * @throws backout.problem.ProblemException when it is not there, is another one, or cannot be
     *     read
     */
    SavedImage of(Target target) {
        Settings settings = target.settings();
        Path file = Path.of(settings.text("image-file"));
        String sha256 = settings.text("image-hash");
        String name = settings.text("image");
        Read before = read.get(target.name());
        if (before != null && isSame(before, file, sha256, name)) {
            return before.image();
        }
        FileTime modified = modified(file);
        SavedImage image = SavedImage.of(file, sha256, name);
        read.put(target.name(), new Read(sha256, modified, image));
        return image;
    }

    private static boolean isSame(Read before, Path file, String sha256, String name) {
        return before.image().file().equals(file)
                && before.sha256().equals(sha256)
                && before.image().name().equals(name)
                && before.modified().equals(modified(file));
    }

    private static FileTime modified(Path file) {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the saved image cannot be read: {0}", Cause.of(e)),
                    file.toString(),
                    Phrase.of("look at the bot's disk, then ask again"));
        }
    }
}
