package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.host.Command;
import backout.redis.RedisDump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those of one compose project, in which the Redis of a service may run. */
record ProjectContainers(Discovery discovery, String name) implements RedisDump.Containers {
    @Override
    public Optional<ContainerSummary> running(String service) {
        return discovery.containers(name, service).stream()
                .filter(one -> one.state().equals("running"))
                .findFirst();
    }

    /** Compose needs no file for what has a container. */
    @Override
    public String start(String service) {
        var argv = new ArrayList<>(List.of("docker", "compose", "--project-name", name));
        argv.add("start");
        argv.addAll(ComposeCli.named(List.of(service)));
        return Command.typed(argv);
    }
}
