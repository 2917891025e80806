package backout.init;

import backout.host.Host;

import java.util.List;
import java.util.Optional;

/**
 * A service of a compose project that has a container.
 *
 * @param host the machine that it is on
 * @param project as docker compose calls it
 * @param image as it was asked for
 * @param ports published over TCP, in the order of their numbers in the container
 * @param healthcheck the command of the container's own health check, as one line
 * @param isHealthy what that health check says now; empty without one
 * @param isRunning whether its container runs
 * @param containers how many it has
 * @param asksPassword whether its command or environment names a password
 * @param missingFile a compose file that made it and is gone
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
        Optional<String> missingFile) {
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
        return project + "/" + name;
    }

    boolean isHere() {
        return host.name().equals("local");
    }
}
