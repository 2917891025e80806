package backout.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room a folder's file system has left. */
public interface Space {
    long freeBytes(Path folder) throws IOException;

    /** Empty where nobody can tell; Java itself cannot. */
    default OptionalLong freeInodes(Path folder) throws IOException {
        return OptionalLong.empty();
    }

    /** With what a file system keeps for root: others find out when they write. */
    static Space withReserve() {
        return folder -> Files.getFileStore(folder).getUnallocatedSpace();
    }

    static Space ofFileStore() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }
}
