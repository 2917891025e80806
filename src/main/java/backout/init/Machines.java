package backout.init;

import backout.docker.Engine;
import backout.host.Host;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.supervisor.Deployments.Deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where services are looked for: this machine, and those that {@code hosts.yml} describes.
 *
 * @param dockerAddress where the engine of this machine listens
 * @param sources what runs from source on a machine
 */
record Machines(
        Hosts hosts,
        List<String> names,
        String dockerAddress,
        Function<Host, List<Deployment>> sources) {
    private static final String LOCAL = "local";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    Machines {
        names = List.copyOf(names);
    }

    /**
     * What all of them run.
     *
     * @throws ProblemException when the only one that is asked does not tell; one of several is
     *     left out, and that is said
     */
    List<Service> services(Dialog dialog) {
        var found = new ArrayList<Service>();
        for (String name : names) {
            try {
                found.addAll(services(hosts.named(name), dialog));
            } catch (ProblemException e) {
                if (names.size() == 1) {
                    throw e;
                }
                dialog.say(Phrase.of("Left out: {0}", e.problem().phrase()));
            }
        }
        return found;
    }

    /** A machine without an engine may run something from source. */
    private List<Service> services(Host host, Dialog dialog) {
        List<Service> fromSource = sources.apply(host).stream().map(one -> of(host, one)).toList();
        try {
            return Stream.of(contained(host), fromSource).flatMap(List::stream).toList();
        } catch (ProblemException e) {
            if (fromSource.isEmpty()) {
                throw e;
            }
            dialog.say(Phrase.of("Containers are left out: {0}", e.problem().phrase()));
            return fromSource;
        }
    }

    private static Service of(Host host, Deployment one) {
        return new Service(
                host,
                "",
                String.valueOf(one.folder().getFileName()),
                "",
                one.ports().stream()
                        .map(port -> new Service.Port(port, "localhost", port))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                true,
                1,
                false,
                one.against().stream().findFirst().map(Problem::phrase),
                Optional.of(new Service.Source(one.folder(), one.keepers())));
    }

    private List<Service> contained(Host host) {
        try (Engine engine =
                host.name().equals(LOCAL)
                        ? Engine.at(dockerAddress, PATIENCE)
                        : Engine.of(host, host.engine().orElse(dockerAddress))) {
            return new Survey(host, engine).services();
        }
    }

    /** As people are told of them. */
    Phrase shown() {
        return names.equals(List.of(LOCAL)) ? Phrase.of("this host") : Phrase.list(names);
    }
}
