package backout.executor.compose.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What hangs on a file besides mode and owner: access lists (they are {@code
 * system.posix_acl_access}), labels, capabilities. The JDK shows {@code user.*} alone, so the
 * system is asked: listxattr(2), getxattr(2).
 */
final class ExtendedAttributes {
    /** Linux gives no more, neither names nor one value (xattr(7)). */
    private static final long MOST_BYTES = 64 * 1024;

    private static final FunctionDescriptor LIST =
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG);
    private static final FunctionDescriptor GET =
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG);

    private ExtendedAttributes() {}

    /** By name, in hex; empty where the file system or this machine has no such thing. */
    static Map<String, String> of(Path file) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Map.of();
        }
        try (var arena = Arena.ofConfined()) {
            return read(arena, arena.allocateFrom(file.toString()));
        }
    }

    private static Map<String, String> read(Arena arena, MemorySegment path) {
        var names = arena.allocate(MOST_BYTES);
        var value = arena.allocate(MOST_BYTES);
        var found = new TreeMap<String, String>();
        long length = call(handle("listxattr", LIST), path, names, MOST_BYTES);
        for (long at = 0; at < length; ) {
            String name = names.getString(at);
            var asked = arena.allocateFrom(name);
            long size = call(handle("getxattr", GET), path, asked, value, MOST_BYTES);
            found.put(name, size < 0 ? "?" : hex(value.asSlice(0, size)));
            at += name.getBytes(UTF_8).length + 1;
        }
        return found;
    }

    private static String hex(MemorySegment value) {
        return HexFormat.of().formatHex(value.toArray(ValueLayout.JAVA_BYTE));
    }

    /** The flags with which the bot is started allow it to call the system. */
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor takes) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), takes);
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return (long) function.invokeWithArguments(arguments);
        } catch (Throwable fault) {
            throw new IllegalStateException("a system call cannot throw", fault);
        }
    }
}
