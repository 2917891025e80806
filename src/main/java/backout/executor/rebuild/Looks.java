package backout.executor.rebuild;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Say;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What of a machine could make a rebuild fail half way, or harm what is there. */
record Looks(Host host, SecretLook secrets) {
    /** What packages and the engine need besides the image. */
    private static final long ROOM = 1L << 30;

    private static final Path DISK = Path.of("/var/lib");
    private static final long LITTLE_MEMORY = 512L << 20;
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration BAD_SKEW = Duration.ofMinutes(5);

    Preflight<Prospect> all() {
        return new Preflight<>(
                List.of(
                        this::tools,
                        this::nothingThere,
                        this::fits,
                        this::room,
                        this::ports,
                        this::clock,
                        Looks::labels,
                        Looks::named,
                        WantLooks::all,
                        prospect -> secrets.ofChecks(prospect.target(), prospect.checks()),
                        Looks::told));
    }

    private Findings red(Phrase what, Phrase next) {
        return Findings.red(new Problem(what, host.name(), next));
    }

    private Findings tools(Prospect prospect) {
        Facts facts = prospect.facts();
        if (facts.isSilent()) {
            return red(
                    Phrase.of("there is a Docker engine, and it does not answer"),
                    Phrase.of("start it there: systemctl start docker; then ask again"));
        }
        if (facts.substitute().isPresent()) {
            return red(
                    Phrase.of(
                            "what answers there by the name of docker is a {0}",
                            facts.substitute().get()),
                    Phrase.of(
                            "remove it by hand and ask again: Docker is then installed from the"
                                    + " distribution's packages"));
        }
        if (!facts.lacksDocker()) {
            return Looks.old(facts);
        }
        if (facts.packages().isEmpty()) {
            return red(
                    Phrase.of(
                            "Docker or compose is missing, and neither apt-get nor dnf is there to"
                                    + " install it"),
                    Phrase.of("install both by hand, then ask again"));
        }
        return facts.hasSystemd()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "no systemd is there, so the engine may not be started by itself"));
    }

    /** Both go on working, and what they do not know they say late. */
    private static Findings old(Facts facts) {
        return facts.compose().filter(version -> version.startsWith("1.")).isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "there is only compose {0}, which nobody maintains any more",
                                facts.compose().orElse("")));
    }

    private static Findings labels(Prospect prospect) {
        return prospect.facts().hasSelinux()
                ? Findings.amber(
                        Phrase.of(
                                "SELinux is at work there: what the project mounts from the machine"
                                        + " needs :z or :Z in the compose file"))
                : Findings.fine();
    }

    /** Nothing that is there is wiped: then it is no rebuild. */
    private Findings nothingThere(Prospect prospect) {
        List<String> containers = prospect.facts().containers();
        return containers.isEmpty()
                ? Findings.fine()
                : red(
                        Phrase.of(
                                "project {0} has containers there already, and a rebuild removes"
                                        + " none: {1}",
                                prospect.project().name(), Phrase.list(containers)),
                        Phrase.of(
                                "where it is a compose target ask for /rollback compose; else see"
                                        + " what they are and remove them by hand"));
    }

    private Findings fits(Prospect prospect) {
        String machine = prospect.facts().architecture();
        String image = prospect.image().architecture();
        return image.isEmpty() || image.equals(machine)
                ? Findings.fine()
                : red(
                        Phrase.of(
                                "the saved image is for {0}, that machine is {1}", image, machine),
                        Phrase.of("keep an image that was built for {0}", machine));
    }

    /** The file and what the engine makes of it lie there at the same time. */
    private Findings room(Prospect prospect) {
        long bytes = prospect.image().bytes();
        long packages = prospect.facts().lacksDocker() ? ROOM : 0;
        Optional<Path> data =
                prospect.facts().data().map(Path::of).filter(path -> !path.startsWith(DISK));
        return data.map(path -> room(path, bytes * 3).and(room(DISK, bytes + packages)))
                .orElseGet(() -> room(DISK, bytes * 4 + packages))
                .and(memory(prospect.facts().memory()));
    }

    private Findings room(Path disk, long needed) {
        long free = host.space(disk).freeBytes();
        return free >= needed
                ? Findings.fine()
                : red(
                        Phrase.of(
                                "only {0} free below {1}, about {2} are needed",
                                Say.bytes(free), disk, Say.bytes(needed)),
                        Phrase.of("make room there, or take a larger machine"));
    }

    private static Findings memory(long memory) {
        return memory < LITTLE_MEMORY
                ? Findings.amber(Phrase.of("that machine has {0} of memory", Say.bytes(memory)))
                : Findings.fine();
    }

    private Findings ports(Prospect prospect) {
        var findings = Findings.fine();
        for (int port : prospect.project().ports()) {
            if (host.port("0.0.0.0", port) == Host.PortState.TAKEN) {
                findings =
                        findings.and(
                                red(
                                        Phrase.of("port {0} is taken by something else", port),
                                        Phrase.of(
                                                "see who with: ss -tlnp sport = :{0}; free it, then"
                                                        + " ask again",
                                                port)));
            }
        }
        return findings;
    }

    /** Packages and certificates seem not valid yet where a clock is behind. */
    private Findings clock(Prospect prospect) {
        Duration skew = Duration.between(prospect.at(), prospect.facts().clock()).abs();
        if (skew.compareTo(SKEW) < 0) {
            return Findings.fine();
        }
        Phrase what = Phrase.of("the clock there differs from the bot's by {0}", skew);
        return skew.compareTo(BAD_SKEW) > 0 && prospect.facts().lacksDocker()
                ? red(what, Phrase.of("set it first: timedatectl set-ntp true"))
                : Findings.amber(what);
    }

    private static Findings named(Prospect prospect) {
        return prospect.kept().names().contains(prospect.project().file())
                ? Findings.fine()
                : Findings.red(
                        Problem.of(
                                Phrase.of(
                                        "the compose file {0} is not one of files:",
                                        prospect.project().file()),
                                Phrase.of("add it there, or name another with compose:")));
    }

    private static Findings told(Prospect prospect) {
        var findings = Findings.fine();
        List<String> others = prospect.before().otherIn(prospect.kept());
        if (!others.isEmpty()) {
            findings =
                    findings.and(
                            Findings.amber(
                                    Phrase.of(
                                            "other files of these names are there; they stay beside"
                                                    + " the new ones as NAME.before-…: {0}",
                                            Phrase.list(others))));
        }
        List<String> volumes = prospect.facts().volumes();
        return volumes.isEmpty()
                ? findings
                : findings.and(
                        Findings.amber(
                                Phrase.of(
                                        "the project's volumes are there already and are used as"
                                                + " they are: {0}",
                                        Phrase.list(volumes))));
    }
}
