package backout.archive;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file or folder of another machine: looked at by find and stat, read as a tar. GNU's programs
 * will do and so will busybox's; paths go in and out as bytes, whatever is in them.
 */
final class FarTree extends Far {
    /**
     * No path that find gives has two slashes: they end one, where a line break may be part of it.
     */
    private static final String END = "//\n";

    private static final String LOOK =
            """
            tar --help 2>&1 | grep -q -e -T || { echo "no tar that takes -T" >&2; exit 1; }
            find "$1" -exec sh -c '
              stat -c "%f %u %g %s %b %B %Y %i|%y|%z|%n//" "$@"
              for file; do
                [ -h "$file" ] && continue
                [ -r "$file" ] && { [ ! -d "$file" ] || [ -x "$file" ]; } && continue
                printf "unread|||%s//\\n" "$file"
              done' sh {} +
            true
            """;

    /** Each hard link is a file of its own: what an archive has twice, a restore has twice. */
    private static final String READ =
            """
            cd / || exit 1
            unset TAR_OPTIONS
            if tar --version 2>/dev/null | grep -q 'GNU tar'; then
              exec tar --create --file=- --no-recursion --hard-dereference --no-unquote \
                --null --files-from=-
            fi
            tr '\\0' '\\n' | tar -c -f - --no-recursion -T -
            """;

    private final Host host;
    private final Path path;

    FarTree(Host host, Path path) {
        this.host = host;
        this.path = path;
    }

    @Override
    List<Thing> look(Duration within) {
        Optional<Path> real = host.real(path);
        if (real.isEmpty()) {
            return List.of();
        }
        String root = real.get().toString();
        var said = new ByteArrayOutputStream();
        var command = Command.of(within, "sh", "-c", LOOK, "sh", root).into(said);
        Result.Exited exited = host.run(command).exited();
        var things = things(root, said.toString(StandardCharsets.ISO_8859_1));
        if (things.isEmpty() || !exited.isSuccess()) {
            throw unread(exited);
        }
        return things;
    }

    private ProblemException unread(Result.Exited exited) {
        return Problem.stop(
                Phrase.of(
                        "what {0} holds cannot be told: {1}", path, exited.stderr().text().strip()),
                host.name(),
                Phrase.of("it takes sh, find, stat and tar on that machine"));
    }

    /** Bytes as letters: what is no UTF-8 is told only where it would be saved. */
    private static List<Thing> things(String root, String said) {
        var unread = new ArrayList<String>();
        var things = new ArrayList<Thing>();
        String start =
                new String(root.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (String record : said.split(END)) {
            String[] parts = record.split("\\|", 4);
            if (parts.length < 4 || !parts[3].startsWith(start)) {
                continue;
            }
            String name = parts[3].substring(start.length()).replaceFirst("^/", "");
            if (parts[0].equals("unread")) {
                unread.add(name);
            } else {
                things.add(thing(name, parts));
            }
        }
        return things.stream()
                .map(thing -> unread.contains(thing.name()) ? unreadable(thing) : thing)
                .sorted(Comparator.comparing(Thing::name))
                .toList();
    }

    private static Thing thing(String name, String[] parts) {
        String[] numbers = parts[0].split(" ");
        int mode = Integer.parseInt(numbers[0], 16);
        long size = Long.parseLong(numbers[3]);
        FileTime modified = FileTime.from(Instant.ofEpochSecond(Long.parseLong(numbers[6])));
        var stat =
                new Stat(
                        mode & 0xf000,
                        mode & 07777,
                        Long.parseLong(numbers[1]),
                        Long.parseLong(numbers[2]),
                        size,
                        modified,
                        modified,
                        Long.parseLong(numbers[7]));
        long inUse = Long.parseLong(numbers[4]) * Long.parseLong(numbers[5]);
        String mark = parts[0] + " " + parts[1] + " " + parts[2];
        return new Thing(name, stat, Math.min(size, inUse), true, mark);
    }

    private static Thing unreadable(Thing thing) {
        return new Thing(thing.name(), thing.stat(), thing.inUse(), false, thing.mark());
    }

    @Override
    String read(List<Thing> things, Duration within, Taker to) throws IOException {
        String root = host.real(path).orElse(path).toString();
        Map<String, Thing> wanted = new HashMap<>();
        var names = new ByteArrayOutputStream();
        for (Thing thing : things) {
            String name = "." + root + (thing.name().isEmpty() ? "" : "/" + text(thing.name()));
            wanted.put(name, thing);
            names.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
        }
        var command = Command.of(within, "sh", "-c", READ).feeding(names.toByteArray());
        var linked = new ArrayList<Thing>();
        var ended = new ArrayList<Result.Exited>();
        FarStream.read(
                out -> ended.add(host.run(command.into(out)).exited()),
                (entry, content) -> {
                    Thing thing = wanted.remove(entry.getName().replaceFirst("/$", ""));
                    if (thing != null && entry.isLink()) {
                        linked.add(thing);
                    } else if (thing != null) {
                        to.take(thing, Stat.of(entry), entry.getLinkName(), content);
                    }
                    return true;
                });
        for (Thing thing : linked) {
            var _ = read(List.of(thing), within, to);
        }
        return ended.getFirst().stderr().text().strip();
    }

    /**
     * A name that was read as bytes.
     *
     * @throws CharacterCodingException when it is no UTF-8
     */
    static String text(String name) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }
}
