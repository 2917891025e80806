package backout.demo;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;

import java.nio.file.Path;

/**
 * The images of both releases and of Redis, which carry the name of the process that made them.
 *
 * @param automatic whether the broken release crashes
 */
record Images(Docker docker, Owner owner, boolean automatic) {
    static final String GOOD = "1.1.0";
    static final String BROKEN = "1.2.0";

    String relay(String version) {
        return repository() + ":" + version;
    }

    String repository() {
        return owner.shortName() + "/claude-relay";
    }

    String redis() {
        return owner.shortName() + "/redis:7";
    }

    /** Out of this machine's own programs. */
    void make(Host host) {
        Path busybox = program("busybox");
        var label = Remains.LABEL + "=" + owner.name();
        docker.importImage(ImageContent.relay(busybox, GOOD, "good"), relay(GOOD), label);
        docker.importImage(
                ImageContent.relay(busybox, BROKEN, automatic ? "crash-loop" : "health-500"),
                relay(BROKEN),
                label);
        docker.importImage(
                ImageContent.redis(host, busybox, program("redis-server"), program("redis-cli")),
                redis(),
                label);
    }

    private static Path program(String name) {
        return Programs.find(name)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("{0} is gone", name),
                                Phrase.of("Install it and start again")));
    }
}
