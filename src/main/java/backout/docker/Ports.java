package backout.docker;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** Whether the ports of a container that is down are still free. */
public record Ports(Engine engine, Host host) {
    public Findings look(ContainerSummary container) {
        List<Problem> taken =
                taken(container).stream()
                        .map(port ->
                                new Problem(
                                        Phrase.of("port {0} is taken by something else", port),
                                        container.name(),
                                        Phrase.of(
                                                "see who with: ss -tlnp sport = :{0}; free it, then"
                                                        + " ask again",
                                                port)))
                        .toList();
        return Findings.red(taken);
    }

    /**
     * A running container holds its own ports, and so does one that crashes and is started again
     * and again; those of one that is down may have been taken by somebody else.
     */
    public List<Integer> taken(ContainerSummary container) {
        if (container.isStarted() || container.id().isEmpty()) {
            return List.of();
        }
        JsonNode bindings = engine.existing(container.id()).path("HostConfig").path("PortBindings");
        return bindings.valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(this::isTaken)
                .map(Ports::port)
                .distinct()
                .toList();
    }

    private boolean isTaken(JsonNode binding) {
        int port = port(binding);
        return port > 0 && host.port(address(binding), port) == Host.PortState.TAKEN;
    }

    private static int port(JsonNode binding) {
        return binding.path("HostPort").asInt(0);
    }

    private static String address(JsonNode binding) {
        String address = binding.path("HostIp").asString("");
        return address.isEmpty() ? "0.0.0.0" : address;
    }
}
