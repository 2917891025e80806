package backout.init;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.host.Host;
import backout.init.Service.Port;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a service tells how it is: what its own health check asks, then what is usual. */
final class HealthGuess {
    /**
     * @param url without a path
     * @param path begins with a slash
     * @param body what it said
     */
    record Answer(String url, String path, int status, String body) {}

    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final List<String> USUAL =
            List.of("/health", "/healthz", "/api/health", "/status", "/");
    private static final Pattern ASKED =
            Pattern.compile(
                    "https?://[A-Za-z0-9._\\[\\]:-]*?(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)?(?=[\\s'\"|;)?]|$)");

    private final Function<Host, Probe> probes;

    /**
     * @param probes what asks as that machine would
     */
    HealthGuess(Function<Host, Probe> probes) {
        this.probes = probes;
    }

    /** The first place that answers with 2xx; empty when none does, or nothing is published. */
    Optional<Answer> of(Service service) {
        for (Port port : service.ports()) {
            for (String path : paths(service, port)) {
                Optional<Answer> answer = ask(service.host(), port.url(), path);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    /** One place, asked once from that machine; empty when it does not answer with 2xx. */
    Optional<Answer> ask(Host from, String url, String path) {
        var subject = new Subject.Http("GET", url + path, Optional.empty());
        return probes.apply(from).look(subject, WITHIN) instanceof Reading.Answered answered
                        && answered.status() / 100 == 2
                ? Optional.of(new Answer(url, path, answered.status(), answered.body()))
                : Optional.empty();
    }

    private static Set<String> paths(Service service, Port port) {
        var paths = new LinkedHashSet<String>();
        service.healthcheck().flatMap(line -> asked(line, port)).ifPresent(paths::add);
        paths.addAll(USUAL);
        return paths;
    }

    /** The path that the container's own check asks this port for. */
    private static Optional<String> asked(String line, Port port) {
        Matcher url = ASKED.matcher(line);
        while (url.find()) {
            String number = url.group(1) == null ? "80" : url.group(1);
            if (number.equals(Integer.toString(port.inside()))) {
                return Optional.of(url.group(2) == null ? "/" : url.group(2));
            }
        }
        return Optional.empty();
    }
}
