package backout.demo;

import backout.host.Host;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * A throw-away claude-relay with its Redis on a real engine, two releases of it, and the bot's
 * files for it. Everything carries the name of the process that made it.
 */
public final class DemoSite {
    static final String GOOD = "1.1.0";
    static final String BROKEN = "1.2.0";

    private static final String LOOPBACK = "127.0.0.1";

    private final Docker docker;
    private final SiteFiles files;
    private final Owner owner;
    private final RelayProject project;
    private final boolean automatic;

    private DemoSite(
            Docker docker, SiteFiles files, Owner owner, RelayProject project, boolean automatic) {
        this.docker = docker;
        this.files = files;
        this.owner = owner;
        this.project = project;
        this.automatic = automatic;
    }

    /**
     * Writes the files; nothing runs yet.
     *
     * @param temporary the folder to make its folder in
     * @param language that its bot speaks
     * @param automatic whether it rolls back by itself, and the broken release crashes
     */
    static DemoSite write(
            Docker docker, Path temporary, Owner owner, Language language, boolean automatic) {
        try {
            var files = new SiteFiles(temporary, owner.name());
            var ports = freePorts();
            var project =
                    new RelayProject(
                            relay(owner, GOOD),
                            owner.shortName() + "/redis:7",
                            LOOPBACK,
                            ports.getFirst(),
                            ports.getLast(),
                            docker.isRootless() ? "" : files.user());
            files.writeProject(project);
            files.writeConfig(language, docker.address(), project, repository(owner), automatic);
            return new DemoSite(docker, files, owner, project, automatic);
        } catch (IOException e) {
            throw new ProblemException(unwritten(e));
        }
    }

    private static String relay(Owner owner, String version) {
        return repository(owner) + ":" + version;
    }

    private static String repository(Owner owner) {
        return owner.shortName() + "/claude-relay";
    }

    /** Two at once, so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        try (var one = new ServerSocket(0, 1, loopback);
                var other = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        }
    }

    /** What the bot is started with. */
    public Path config() {
        return files.config();
    }

    public Path root() {
        return files.root();
    }

    /** Where the service tells how it is. */
    public String healthUrl() {
        return "http://" + project.host() + ":" + project.port() + "/health";
    }

    Health health() {
        return Health.of(healthUrl());
    }

    /** Whether the broken release shows that it is. */
    boolean isBroken() {
        return health().status() == (automatic ? 0 : 500);
    }

    /** Of both releases and of Redis, out of this machine's own programs. */
    void makeImages(Host host) {
        Path busybox = program("busybox");
        var label = Remains.LABEL + "=" + owner.name();
        docker.importImage(ImageContent.relay(busybox, GOOD, "good"), relay(owner, GOOD), label);
        docker.importImage(
                ImageContent.relay(busybox, BROKEN, automatic ? "crash-loop" : "health-500"),
                relay(owner, BROKEN),
                label);
        docker.importImage(
                ImageContent.redis(host, busybox, program("redis-server"), program("redis-cli")),
                project.redisImage(),
                label);
    }

    private static Path program(String name) {
        return Programs.find(name)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("{0} is gone", name),
                                Phrase.of("Install it and start again")));
    }

    void up() {
        docker.compose(files.project(), "up", "--detach", "--quiet-pull");
    }

    /** Somebody brings the broken release up. */
    void deployBroken() {
        try {
            files.deploy(relay(owner, GOOD), relay(owner, BROKEN));
        } catch (IOException e) {
            throw new ProblemException(unwritten(e));
        }
        up();
    }

    private static Problem unwritten(IOException e) {
        return Problem.of(
                Phrase.of("the files of the demo's site could not be written: {0}", Cause.of(e)),
                Phrase.of(
                        "Check the room and the rights of the temporary folder, or set TMPDIR to"
                                + " another"));
    }
}
