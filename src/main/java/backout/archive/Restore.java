package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Unpacks a proven backup into an empty folder beside the live data; never over it. */
public final class Restore {
    private final Space space;
    private final Sealed sealed;

    public Restore(Space space, Optional<AgeKey> key) {
        this.space = space;
        this.sealed = new Sealed(key);
    }

    /**
     * Unpacks and proves in one pass. When this throws, the folder is empty again.
     *
     * @param folder empty, or not there yet
     */
    public Restored toStaging(Path archive, Path folder, Limits limits) {
        var staging = new Staging(archive, folder, limits, space);
        staging.refuseUsed();
        try {
            Manifest manifest = new ArchiveReader(archive, sealed).read(staging);
            staging.finish();
            return new Restored(folder, manifest, staging.warnings());
        } catch (Throwable e) {
            staging.emptyAfter(e);
            throw e;
        }
    }

    /**
     * The content of small files by their names, without unpacking anything onto a disk; the whole
     * archive is proven on the way. A name that is not in it is missing in the answer.
     *
     * @param mostBytes of each
     * @throws ProblemException when the archive is not as it was written, or a file is larger
     */
    public Map<String, byte[]> read(Path archive, Set<String> names, int mostBytes) {
        var found = new LinkedHashMap<String, ByteArrayOutputStream>();
        new ArchiveReader(archive, sealed)
                .read(
                        new ArchiveReader.Visitor() {
                            @Override
                            public void expect(Manifest manifest) {}

                            @Override
                            public void look(TarArchiveEntry entry) {}

                            @Override
                            public OutputStream file(Manifest.Entry entry) {
                                if (!names.contains(entry.path())) {
                                    return OutputStream.nullOutputStream();
                                }
                                if (entry.size() > mostBytes) {
                                    throw Problem.stop(
                                            Phrase.of(
                                                    "{0} is larger than {1} bytes",
                                                    entry.path(), mostBytes),
                                            archive.toString(),
                                            Phrase.of("unpack it by hand: bot/backout open"));
                                }
                                var content = new ByteArrayOutputStream();
                                found.put(entry.path(), content);
                                return content;
                            }

                            @Override
                            public void other(Manifest.Entry entry) {}
                        });
        var contents = new LinkedHashMap<String, byte[]>();
        found.forEach((name, content) -> contents.put(name, content.toByteArray()));
        return contents;
    }
}
