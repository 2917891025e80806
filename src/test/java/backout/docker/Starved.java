package backout.docker;

import backout.host.Command;
import backout.host.Host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that uses up its descriptors, and has them back a little later: asks meanwhile. */
final class Starved {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Starved() {}

    /**
     * @param arguments where an engine answers
     */
    public static void main(String[] arguments) throws IOException {
        var host = Host.local();
        try (var engine = Engine.at(arguments[0])) {
            // what is loaded now needs no descriptor then
            ask(engine, host);
            starved(() -> System.out.println(engine.containers(java.util.Map.of()).size()));
            starved(() -> System.out.print(said(host, Command.of(LONG, "echo", "ran"))));
            starved(() ->
                    System.out.print(said(host, Command.of(LONG, "echo", "outlives").outliving())));
        }
    }

    private static void ask(Engine engine, Host host) {
        engine.containers(java.util.Map.of());
        said(host, Command.of(LONG, "true"));
        said(host, Command.of(LONG, "true").outliving());
    }

    private static String said(Host host, Command command) {
        return host.run(command).stdout().text();
    }

    private static void starved(Runnable asks) throws IOException {
        List<FileChannel> hoard = hoard();
        CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS).execute(() -> end(hoard));
        asks.run();
    }

    private static List<FileChannel> hoard() {
        var hoard = new ArrayList<FileChannel>();
        while (true) {
            try {
                hoard.add(FileChannel.open(Path.of("/dev/null")));
            } catch (IOException full) {
                return hoard;
            }
        }
    }

    /** The last first: to close one of the three standard ones, Java has to open another file. */
    private static void end(List<FileChannel> hoard) {
        for (FileChannel each : hoard.reversed()) {
            try {
                each.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
