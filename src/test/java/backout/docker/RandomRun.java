package backout.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Options of {@code docker run} as people mix them, all of which this engine takes. */
final class RandomRun {
    private final Random random;
    private final String unique;
    private final List<String> networks;
    private final List<String> words = new ArrayList<>();

    private RandomRun(Random random, String unique, List<String> networks) {
        this.random = random;
        this.unique = unique;
        this.networks = networks;
    }

    /** Options alone; what follows the image is {@link #command}. */
    static List<String> options(Random random, String unique, List<String> networks) {
        var run = new RandomRun(random, unique, networks);
        run.options();
        return run.words;
    }

    static List<String> command(Random random) {
        return random.nextInt(3) == 0 ? List.of("sleep", "99", "a b", "$HOME") : List.of();
    }

    private void maybe(String... more) {
        if (random.nextInt(4) == 0) {
            words.addAll(List.of(more));
        }
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private void options() {
        maybe("--restart", any("no", "always", "unless-stopped", "on-failure", "on-failure:4"));
        maybe("--env", "TOKEN=a=b c'\"$x", "--env", "EMPTY=", "--env", "RELEASE=2");
        maybe("--env", "GREETING=zwei\nZeilen ☕", "--env", "LEVEL=image");
        maybe("--label", "team=shop", "--label", "com.example/a=b c", "--label", "release=2");
        maybe("--volume", unique + "-vol:/named:ro", "--volume", "/anonymous");
        maybe("--volume", "/tmp:/host/tmp:rslave");
        maybe("--mount", "type=volume,target=/unnamed");
        maybe("--mount", "type=tmpfs,target=/scratch,tmpfs-size=65536,tmpfs-mode=1770");
        maybe("--mount", "type=bind,source=/tmp,target=/bound,readonly");
        maybe("--tmpfs", "/run:size=64k");
        maybe("--publish", any("8080", "127.0.0.1:25081:8080", "25082:53/udp", "[::1]:25083:80"));
        maybe("--expose", "9090", "--expose", "9091/udp");
        maybe("--user", any("1000:1000", "nobody"), "--workdir", "/tmp");
        maybe("--entrypoint", "/bin/busybox");
        maybe("--domainname", "corpus.test");
        maybe("--memory", "64m", "--memory-reservation", "32m");
        maybe("--cpus", any("0.5", "1.25"), "--cpu-shares", "512");
        maybe("--pids-limit", "100", "--shm-size", "1m", "--oom-score-adj", "100");
        maybe("--cap-drop", "ALL", "--cap-add", "CHOWN");
        maybe("--security-opt", "no-new-privileges");
        maybe("--ulimit", "nofile=1024:2048");
        maybe("--dns", "9.9.9.9", "--dns-search", "corpus.test", "--dns-option", "ndots:2");
        maybe("--add-host", "db:10.0.0.9", "--group-add", "27");
        maybe("--log-driver", "json-file", "--log-opt", "max-size=1m");
        maybe("--init");
        maybe("--read-only");
        maybe("--tty", "--interactive");
        maybe("--stop-signal", "SIGINT", "--stop-timeout", "7");
        maybe("--health-cmd", "true || exit 1", "--health-interval", "7s", "--health-retries", "2");
        maybe("--device", "/dev/null:/dev/none:r");
        maybe("--privileged");
        network();
    }

    private void network() {
        switch (random.nextInt(6)) {
            case 0 -> words.addAll(List.of("--network", "host"));
            case 1 -> words.addAll(List.of("--network", "none"));
            case 2 -> words.addAll(List.of("--network", "bridge", "--hostname", "own"));
            case 3 ->
                    words.addAll(
                            List.of(
                                    "--network",
                                    networks.getFirst(),
                                    "--network-alias",
                                    "shop",
                                    "--network-alias",
                                    "web",
                                    "--ip",
                                    "10.213.40.9"));
            default -> words.addAll(List.of("--network", networks.getLast()));
        }
    }
}
