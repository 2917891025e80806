package backout.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** How an archive is compressed; its name says it, as it does to {@code tar --auto-compress}. */
enum Packing {
    ZSTD(".tar.zst") {
        @Override
        OutputStream packing(OutputStream out, int workers) throws IOException {
            return new ZstdOutputStream(out, 1).setChecksum(true).setWorkers(workers);
        }

        @Override
        InputStream unpacking(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    },

    /** For whoever has nothing but {@code tar -xzf} to read it with; larger, and slower to make. */
    GZIP(".tar.gz") {
        @Override
        OutputStream packing(OutputStream out, int workers) {
            return new ParallelGzip(out, Math.max(1, workers));
        }

        @Override
        InputStream unpacking(InputStream in) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
    };

    private final String ending;

    Packing(String ending) {
        this.ending = ending;
    }

    /** What the name says, whether or not {@code .age} follows; zstd when it says nothing. */
    static Packing of(Path archive) {
        String name = archive.getFileName().toString();
        return name.endsWith(GZIP.ending) || name.endsWith(GZIP.ending + ".age") ? GZIP : ZSTD;
    }

    /**
     * @param workers threads that compress beside the one that writes; gzip needs at least one
     */
    abstract OutputStream packing(OutputStream out, int workers) throws IOException;

    abstract InputStream unpacking(InputStream in) throws IOException;
}
