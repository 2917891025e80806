package backout.demo;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the demo needs of this machine, and what to do where it is missing. */
final class Requirements {
    private static final Duration QUICK = Duration.ofSeconds(20);

    private final Host host;
    private final Docker docker;
    private final boolean mayInstall;

    /**
     * @param mayInstall whether the launcher may install what is missing
     */
    Requirements(Host host, Docker docker, boolean mayInstall) {
        this.host = host;
        this.docker = docker;
        this.mayInstall = mayInstall;
    }

    /** All that is missing for what runs from source; empty when that can be shown. */
    List<Problem> ofSource() {
        var missing = new ArrayList<Problem>();
        if (!Files.isReadable(Path.of("/proc/self/environ"))) {
            missing.add(
                    Problem.of(
                            Phrase.of("there is no /proc, out of which processes are known"),
                            Phrase.of("Start the demo on Linux")));
        }
        for (var program : List.of("git", "node")) {
            if (Programs.find(program).isEmpty()) {
                missing.add(
                        problem(
                                Phrase.of("{0} is not installed", program),
                                program.equals("node") ? "nodejs" : program,
                                program.equals("node") ? "nodejs.org" : "git-scm.com"));
            }
        }
        return missing;
    }

    /** All that is missing for what runs in containers; empty when that can be shown. */
    List<Problem> ofEngine() {
        var missing = new ArrayList<Problem>();
        if (Programs.find("docker").isEmpty()) {
            missing.add(
                    problem(
                            Phrase.of("Docker is not installed"),
                            "docker.io",
                            "docs.docker.com/engine"));
        } else {
            engine(missing);
        }
        busybox(missing);
        for (var program : List.of("redis-server", "redis-cli")) {
            if (Programs.find(program).isEmpty()) {
                missing.add(
                        problem(
                                Phrase.of("{0} is not installed", program),
                                "redis-server",
                                "redis.io"));
            }
        }
        return missing;
    }

    private void engine(List<Problem> missing) {
        if (!docker.hasCompose()) {
            missing.add(
                    problem(
                            Phrase.of("docker has no compose plugin, version 2 or newer"),
                            Phrase.of("docker-compose-v2, where your system has it"),
                            "docs.docker.com/compose/install/linux"));
        }
        if (!docker.isHere()) {
            missing.add(
                    Problem.of(
                            Phrase.of(
                                    "{0} is not on this machine: the demo mounts folders",
                                    docker.address()),
                            Phrase.of("Unset DOCKER_HOST, or choose another docker context")));
        } else if (!docker.answers()) {
            missing.add(
                    Problem.of(
                            Phrase.of("no Docker engine answers on {0}", docker.address()),
                            advised(
                                    Phrase.of(
                                            "Start it: systemctl start docker. Are you in the group"
                                                    + " docker?"))));
        }
    }

    private void busybox(List<Problem> missing) {
        var found = Programs.find("busybox");
        if (found.isEmpty()) {
            missing.add(
                    problem(
                            Phrase.of("busybox is not installed"),
                            "busybox-static",
                            "busybox.net"));
        } else if (!isStatic(found.get())) {
            missing.add(
                    problem(
                            Phrase.of(
                                    "{0} needs libraries, the demo's images hold none",
                                    found.get()),
                            "busybox-static",
                            "busybox.net"));
        }
    }

    /** {@code ldd} refuses what stands alone. */
    private boolean isStatic(Path program) {
        return host.run(Command.of(QUICK, "ldd", program.toString())) instanceof Result.Exited told
                && !told.isSuccess();
    }

    private Problem problem(Phrase what, String debian, String elsewhere) {
        return problem(what, Phrase.verbatim(debian), elsewhere);
    }

    private Problem problem(Phrase what, Phrase debian, String elsewhere) {
        return Problem.of(
                what,
                advised(
                        Phrase.of(
                                "On Debian or Ubuntu: apt-get install {0}; elsewhere see"
                                        + " https://{1}.",
                                debian, elsewhere)));
    }

    private Phrase advised(Phrase next) {
        return mayInstall
                ? next
                : Phrase.of(
                        "{0} Or start the demo without --no-install: as root on Debian or Ubuntu it"
                                + " does that itself.",
                        next);
    }
}
