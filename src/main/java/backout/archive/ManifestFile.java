package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The manifest beside its archive, under the archive's name and {@code .manifest}. */
final class ManifestFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestFile() {}

    static Path of(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".manifest");
    }

    static void write(Manifest manifest, Path archive, Sealed sealed) throws IOException {
        Path target = of(archive);
        Path partial = Durable.partial(target);
        try (var channel = Durable.create(partial);
                var out = sealed.writing(Channels.newOutputStream(channel))) {
            out.write(JSON.writeValueAsBytes(manifest));
        }
        Durable.sync(partial);
        Durable.publish(partial, target);
    }

    static Manifest read(Path archive, Sealed sealed) {
        Path file = of(archive);
        try (var raw = Files.newInputStream(file);
                var in = sealed.reading(raw, file)) {
            return checked(JSON.readValue(in.readAllBytes(), Manifest.class), file);
        } catch (NoSuchFileException _) {
            throw unusable(
                    file,
                    Phrase.of("there is no manifest, so nothing can tell if the archive is whole"));
        } catch (IOException | JacksonException | NullPointerException broken) {
            throw unusable(file, Phrase.of("the manifest cannot be read: {0}", firstLine(broken)));
        }
    }

    private static Manifest checked(Manifest manifest, Path file) {
        if (manifest.format() != Manifest.FORMAT) {
            throw unusable(
                    file,
                    Phrase.of(
                            "the manifest has format {0}, this version knows {1}",
                            manifest.format(), Manifest.FORMAT));
        }
        return manifest;
    }

    private static ProblemException unusable(Path file, Phrase what) {
        return Problem.stop(
                what, file.toString(), Phrase.of("Use another backup; this one is not proven"));
    }

    private static String firstLine(Exception broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
    }
}
