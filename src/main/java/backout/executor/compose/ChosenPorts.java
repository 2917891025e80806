package backout.executor.compose;

import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ports that are published without saying where: the engine chooses one for every container anew,
 * and whoever asked at the old one asks nobody, or somebody else.
 */
final class ChosenPorts implements Preflight.Look<Prospect> {
    private static final Set<String> ANYWHERE = Set.of("", "0.0.0.0", "::");

    private final Engine engine;

    ChosenPorts(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Findings at(Prospect prospect) {
        var findings = Findings.fine();
        for (Member member : prospect.members()) {
            if (!member.isThereAlready() && !member.isDown()) {
                findings = findings.and(of(prospect, member));
            }
        }
        return findings;
    }

    private Findings of(Prospect prospect, Member member) {
        JsonNode now =
                engine.existing(member.container().id()).path("NetworkSettings").path("Ports");
        var findings = Findings.fine();
        for (String port : prospect.scene().model().chosenPorts(member.service())) {
            for (String chosen : places(now.path(port))) {
                findings = findings.and(of(prospect, member, port, chosen));
            }
        }
        return findings;
    }

    /** {@code 49153}, {@code 127.0.0.1:49153}. */
    private static Set<String> places(JsonNode bindings) {
        var places = new TreeSet<String>();
        for (JsonNode binding : bindings) {
            String address = binding.path("HostIp").asString("");
            String port = binding.path("HostPort").asString("");
            places.add(ANYWHERE.contains(address) ? port : address + ":" + port);
        }
        return places;
    }

    private static Findings of(Prospect prospect, Member member, String port, String chosen) {
        String service = member.service();
        Phrase what =
                Phrase.of(
                        "the engine chose where port {0} of {1} is published: it is {2} now and"
                                + " another one after the container is made anew",
                        port, service, chosen);
        Optional<URI> url = prospect.target().settings().url("url");
        return url.filter(asked ->
                        chosen.endsWith(":" + asked.getPort())
                                || chosen.equals(Integer.toString(asked.getPort())))
                        .isPresent()
                ? Findings.red(
                        new Problem(
                                Phrase.of(
                                        "{0}, so that the checks would ask nobody at {1}",
                                        what, url.get()),
                                prospect.target().name().toString(),
                                Phrase.of(
                                        "write {0} among the ports: of {1} in place of {2}, then"
                                                + " ask again",
                                        chosen + ":" + port, service, port)))
                : Findings.amber(Phrase.of("{0}: tell it to whoever asks there", what));
    }
}
