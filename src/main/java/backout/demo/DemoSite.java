package backout.demo;

import backout.host.Host;
import backout.language.Language;
import backout.plan.TargetName;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A throw-away claude-relay in each way that can be had here, two releases of it, and the bot's
 * files for it. Everything carries the name of the process that made it.
 */
public final class DemoSite {
    static final String LOOPBACK = "127.0.0.1";

    private final SiteFiles files;
    private final Optional<Images> images;
    private final List<Way> ways;

    private DemoSite(SiteFiles files, Optional<Images> images, List<Way> ways) {
        this.files = files;
        this.images = images;
        this.ways = List.copyOf(ways);
    }

    /**
     * What it is made with.
     *
     * @param docker empty where there is no engine to play on
     * @param source whether what runs from source can be shown
     * @param temporary the folder to make its folder in
     * @param language that its bot speaks
     * @param automatic whether it rolls back by itself, which is shown in one way alone
     */
    record Wish(
            Host host,
            Optional<Docker> docker,
            boolean source,
            Path temporary,
            Owner owner,
            Language language,
            boolean automatic) {}

    /** Writes the files; nothing runs yet. */
    static DemoSite write(Wish wish) {
        return SiteFiles.writing(() -> {
            var files = new SiteFiles(wish.temporary(), wish.owner().name());
            var images =
                    wish.docker().map(docker -> new Images(docker, wish.owner(), wish.automatic()));
            var all = ways(wish, files, images);
            var ways = wish.automatic() ? all.subList(0, 1) : all;
            files.writeConfig(
                    wish.language(), wish.docker().map(Docker::address), ways, wish.automatic());
            return new DemoSite(files, images, ways);
        });
    }

    private static List<Way> ways(Wish wish, SiteFiles files, Optional<Images> images)
            throws IOException {
        var ports = freePorts();
        var ways = new ArrayList<Way>();
        if (images.isPresent()) {
            Docker docker = images.get().docker();
            String user = docker.isRootless() ? "" : files.user();
            var project =
                    new RelayProject(
                            images.get().relay(Images.GOOD),
                            images.get().redis(),
                            LOOPBACK,
                            ports.get(0),
                            ports.get(1),
                            user);
            files.writeProject(project);
            ways.add(new ComposeWay(docker, images.get(), files, project, wish.automatic()));
            String name = wish.owner().shortName() + "-relay-alone";
            ways.add(new ContainerWay(docker, images.get(), files, name, ports.get(2), user));
        }
        if (wish.source()) {
            files.writeCheckout();
            ways.add(new SourceWay(wish.host(), files, ports.get(3)));
        }
        return ways;
    }

    /** All at once, so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        try (var one = new ServerSocket(0, 1, loopback);
                var two = new ServerSocket(0, 1, loopback);
                var three = new ServerSocket(0, 1, loopback);
                var four = new ServerSocket(0, 1, loopback)) {
            return List.of(
                    one.getLocalPort(),
                    two.getLocalPort(),
                    three.getLocalPort(),
                    four.getLocalPort());
        }
    }

    /** What the bot is started with. */
    public Path config() {
        return files.config();
    }

    public Path root() {
        return files.root();
    }

    /** What can be rolled back, in the order in which it is shown; at least one. */
    public List<TargetName> targets() {
        return ways.stream().map(Way::target).toList();
    }

    List<Way> ways() {
        return ways;
    }

    Optional<Images> images() {
        return images;
    }
}
