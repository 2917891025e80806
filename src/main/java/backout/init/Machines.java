package backout.init;

import backout.docker.Engine;
import backout.host.Host;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where services are looked for: this machine, and those that {@code hosts.yml} describes. */
record Machines(Hosts hosts, List<String> names, String dockerAddress) {
    private static final String LOCAL = "local";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param dockerAddress where the engine of this machine listens
     */
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
                found.addAll(services(hosts.named(name)));
            } catch (ProblemException e) {
                if (names.size() == 1) {
                    throw e;
                }
                dialog.say(Phrase.of("Left out: {0}", e.problem().phrase()));
            }
        }
        return found;
    }

    private List<Service> services(Host host) {
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
