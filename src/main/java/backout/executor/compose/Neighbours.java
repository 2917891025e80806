package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Guest;
import backout.docker.Guests;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is not left alone when the container of a service is replaced.
 *
 * @param guests services that live in its network, its processes or its volumes, or in those of
 *     such a one; compose makes them anew with it
 * @param restarted services that compose starts again with it
 * @param resting guests that are stopped and stay so: they cannot be started as they are then
 * @param strangers containers that live in what it lends and that no file of the project names
 */
record Neighbours(
        Set<String> guests, Set<String> restarted, Set<String> resting, List<Guest> strangers) {
    Neighbours {
        guests = Collections.unmodifiableSet(new LinkedHashSet<>(guests));
        restarted = Collections.unmodifiableSet(new LinkedHashSet<>(restarted));
        resting = Collections.unmodifiableSet(new LinkedHashSet<>(resting));
        strangers = List.copyOf(strangers);
    }

    /**
     * Only what runs: whatever was stopped stays so.
     *
     * @param going services that are replaced by a step of their own
     */
    static Neighbours of(
            Scene scene,
            Guests lodged,
            String service,
            ContainerSummary container,
            Set<String> going) {
        var replaced = new HashSet<>(going);
        replaced.add(service);
        Set<String> guests = scene.model().guests(Set.of(service));
        guests.removeIf(replaced::contains);
        var resting = new LinkedHashSet<>(guests);
        resting.removeIf(guest ->
                scene.of(guest).isEmpty()
                        || scene.isUp(guest)
                        || !scene.model().livesInAnother(guest));
        guests.removeIf(guest -> !scene.isUp(guest));
        replaced.addAll(guests);
        var hosts = new HashSet<>(guests);
        hosts.add(service);
        Set<String> restarted = scene.model().restartedWith(hosts);
        restarted.removeIf(one -> replaced.contains(one) || !scene.isUp(one));
        List<Guest> strangers =
                lodged.of(container.id()).stream()
                        .filter(guest -> !isOf(scene, guest.container(), replaced))
                        .toList();
        return new Neighbours(guests, restarted, resting, strangers);
    }

    private static boolean isOf(Scene scene, ContainerSummary container, Set<String> services) {
        return scene.project().name().equals(container.labels().getOrDefault(Discovery.PROJECT, ""))
                && services.contains(container.labels().getOrDefault(Discovery.SERVICE, ""));
    }

    /** Nobody makes a container anew that is not the project's. */
    List<Problem> refusals(String container) {
        return strangers.stream()
                .filter(Guest::isLost)
                .map(guest -> guest.container().name())
                .map(name ->
                        new Problem(
                                Phrase.of(
                                        "{0} lives in the network or among the processes of {1},"
                                                + " and nobody would make it anew",
                                        name, container),
                                name,
                                Phrase.of(
                                        "remove it with docker rm -f {0}, ask again, and make it"
                                                + " anew afterwards",
                                        name)))
                .toList();
    }

    /**
     * What starts those that are stopped, of which docker start would say that their host is gone.
     */
    List<Phrase> rests(Scene scene, String service) {
        return resting.stream()
                .map(guest ->
                        Phrase.of(
                                "{0} is stopped and lives in what {1} lends it: only {2} starts it"
                                        + " afterwards",
                                guest,
                                service,
                                ComposeCli.line(scene.project(), List.of(guest), "up", "--detach")))
                .toList();
    }

    /** Strangers that keep the volumes which they were given. */
    List<Phrase> keepers(String service) {
        return strangers.stream()
                .filter(guest -> !guest.isLost())
                .map(guest -> guest.container().name())
                .map(name -> Phrase.of("{0} keeps the volumes that it has of {1}", name, service))
                .toList();
    }
}
