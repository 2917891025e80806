package backout.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where this machine's programs are. */
public final class Programs {
    private Programs() {}

    /** In PATH, and where a daemon lies that users have not in theirs. */
    public static Optional<Path> find(String name) {
        String path =
                System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin:/sbin";
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
