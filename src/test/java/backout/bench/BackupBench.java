package backout.bench;

import backout.fixture.Cli;
import backout.fixture.Folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A backup of 1 GB beside the {@code tar -czf} of the guide: ours encrypted, hashed file by file
 * and synced to disk, each in a new process, so nothing is warm.
 */
final class BackupBench implements Benchmark {
    private static final long BYTES = 1L << 30;
    private static final String TAR = "tar -czf";
    private static final String FLOOR = "floor: plain tar, nothing compressed";
    private static final String ZSTD = "backout, zstd: written";
    private static final String GZIP = "backout, gzip: written";
    private static final String READ_BACK = "read back and compared";

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws IOException {
        Path work = Folders.make("bench-backup");
        leavings.add(() -> Folders.delete(work));
        Path data = work.resolve("data");
        Bench.tell("writing 1 GB of logs and JSON");
        var mixed = new MixedData();
        mixed.logs(data.resolve("logs"), BYTES / 2);
        mixed.json(data.resolve("json"), BYTES / 2);
        tar(FLOOR, work, "-cf");
        figures.forget();
        for (int round = 0; round < rounds; round++) {
            tar(FLOOR, work, "-cf");
            tar(TAR, work, "-czf");
            backout(ZSTD, work, "b.tar.zst.age");
            backout(GZIP, work, "b.tar.gz.age");
        }
        Bench.print(figures, "ms");
        return List.of(
                new Goal("P8 backup by zstd, ratio to tar -czf", figures.ratio(ZSTD, TAR), 0.2),
                new Goal("P8 backup by gzip, ratio to tar -czf", figures.ratio(GZIP, TAR), 0.5));
    }

    private void tar(String name, Path work, String how) throws IOException {
        Path archive = work.resolve("tar.tar");
        long began = System.nanoTime();
        in(work).run("tar", how, archive.toString(), "data");
        figures.add(name, (System.nanoTime() - began) / 1e6);
        Files.delete(archive);
    }

    private void backout(String name, Path work, String archive) {
        Path folder = work.resolve("out");
        var arguments =
                List.of(
                        work.resolve("data").toString(),
                        work.resolve("key.txt").toString(),
                        folder.resolve(archive).toString(),
                        String.valueOf(Runtime.getRuntime().availableProcessors()));
        String[] times = Launcher.run(BackupOnce.class, arguments).split(" ", -1);
        figures.add(name, Double.parseDouble(times[0]));
        figures.add(name.replace("written", READ_BACK), Double.parseDouble(times[1]));
        Folders.delete(folder);
    }

    private static Cli in(Path folder) {
        return new Cli(folder, Map.of());
    }
}
