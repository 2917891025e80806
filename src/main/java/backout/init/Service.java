package backout.init;

import backout.host.Host;
import backout.language.Phrase;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A service of a compose project that has a container, a container that {@code docker run} made, or
 * what runs from source.
 *
 * @param host the machine that it is on
 * @param project as docker compose calls it; empty for a container of nobody's
 * @param name of the service, of the container, or of the folder
 * @param image as it was asked for; empty for what runs from source
 * @param ports published over TCP, in the order of their numbers in the container
 * @param healthcheck the command of the container's own health check, as one line
 * @param isHealthy what that health check says now; empty without one
 * @param isRunning whether its container runs
 * @param containers how many it has
 * @param asksPassword whether its command or environment names a password
 * @param amiss why it cannot be rolled back as it is
 * @param source where it runs from; empty for a container
 */
record Service(
        Host host,
        String project,
        String name,
        String image,
        List<Port> ports,
        Optional<String> healthcheck,
        Optional<Boolean> isHealthy,
        boolean isRunning,
        int containers,
        boolean asksPassword,
        Optional<Phrase> amiss,
        Optional<Source> source) {
    /**
     * @param folder as a target names it
     * @param keepers who keeps it running; empty where nobody could tell
     */
    record Source(Path folder, List<Phrase> keepers) {
        Source {
            keepers = List.copyOf(keepers);
        }
    }

    /**
     * @param inside the port in the container
     * @param host where its machine reaches it
     */
    record Port(int inside, String host, int published) {
        String url() {
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + published;
        }
    }

    Service {
        ports = List.copyOf(ports);
    }

    String shown() {
        return isOfCompose() ? project + "/" + name : name;
    }

    boolean isOfCompose() {
        return !project.isEmpty();
    }

    /** Of the target that it would be. */
    String kind() {
        if (source.isPresent()) {
            return "source";
        }
        return isOfCompose() ? "compose" : "container";
    }

    boolean isHere() {
        return host.name().equals("local");
    }
}
