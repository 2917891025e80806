package backout.executor.container;

import backout.archive.BackupLook;
import backout.archive.Exclusions;
import backout.archive.StateLook;
import backout.archive.Unsaved;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.ImageLook;
import backout.docker.Json;
import backout.docker.Ports;
import backout.language.Phrase;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is tried before a plan is one. */
record Looks(
        Engine engine,
        ImageLook images,
        Ports ports,
        SecretLook secrets,
        StateLook state,
        ContainerData content,
        BackupLook backup) {
    Preflight<Prospect> all() {
        return new Preflight<>(
                List.of(
                        prospect -> images.fits(prospect.choice()),
                        this::room,
                        prospect -> ports.look(prospect.container()),
                        prospect -> secrets.ofChecks(prospect.target(), prospect.checks()),
                        this::writable,
                        this::data,
                        this::linked,
                        this::told));
    }

    private Findings room(Prospect prospect) {
        Findings there = images.room(prospect.container().imageId(), List.of(prospect.choice()));
        return there.red().isEmpty() ? there.and(state.room()) : there;
    }

    private Findings writable(Prospect prospect) {
        boolean saves = prospect.prepares("container.backup");
        Optional<String> folder =
                saves ? Optional.of(prospect.target().name().name()) : Optional.empty();
        Findings writable = state.writable(folder);
        return saves ? writable.and(state.lostKey()) : writable;
    }

    private Findings data(Prospect prospect) {
        if (!prospect.prepares("container.backup")) {
            return Findings.fine();
        }
        if (Unsaved.isWished(prospect.wanted())) {
            return Unsaved.data(Phrase.of("said so: without data backup"));
        }
        String container = prospect.container().name();
        Findings counted =
                backup.data(
                                () -> content.data(container, prospect.paths()),
                                new Exclusions(
                                        prospect.target().settings().texts("backup.exclude")))
                        .findings();
        List<String> unread = prospect.paths().isEmpty() ? content.unread(container) : List.of();
        return unread.isEmpty()
                ? counted
                : counted.and(
                        Findings.amber(
                                Phrase.of(
                                        "not backed up, for it is no folder that can be read here:"
                                                + " {0}",
                                        Phrase.list(unread))));
    }

    /** What will be another way than the operator may think. */
    private Findings told(Prospect prospect) {
        ContainerSummary container = prospect.container();
        JsonNode inspected = engine.existing(container.id());
        var told = new ArrayList<Phrase>();
        if (!container.isStarted()) {
            told.add(
                    Phrase.of(
                            "it is {0} now; the rollback starts it, and so does its undo",
                            container.state()));
        }
        List<String> random = random(inspected);
        if (!random.isEmpty()) {
            told.add(
                    Phrase.of(
                            "nobody chose these ports of the machine, and they will be others:"
                                    + " {0}",
                            Phrase.list(random)));
        }
        List<String> gone = content.gone(inspected);
        if (!gone.isEmpty()) {
            told.add(
                    Phrase.of(
                            "mounted into it and not found now, so that the new container has"
                                    + " empty folders there: {0}",
                            Phrase.list(gone)));
        }
        return Findings.amber(told.toArray(Phrase[]::new));
    }

    /** As in {@code -p 8080} and {@code -P}. */
    private static List<String> random(JsonNode inspected) {
        JsonNode asked = inspected.path("HostConfig").path("PortBindings");
        return inspected.path("NetworkSettings").path("Ports").properties().stream()
                .filter(port -> asked.path(port.getKey()).path(0).path("HostPort").asInt(0) == 0)
                .map(port -> port.getValue().path(0).path("HostPort").asString(""))
                .filter(port -> !port.isEmpty())
                .toList();
    }

    /** A legacy link is to one container, not to its name: whoever has it keeps the old address. */
    private Findings linked(Prospect prospect) {
        String name = prospect.container().name();
        List<String> linked =
                engine.containers(Map.of()).stream()
                        .filter(other -> other.isStarted() && !other.name().equals(name))
                        .filter(other -> isLinked(other.id(), name))
                        .map(other -> other.name())
                        .toList();
        return linked.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "{0} reaches it by --link, which leads to the former container:"
                                        + " make it anew afterwards, or give both a network of"
                                        + " their own",
                                Phrase.list(linked)));
    }

    private boolean isLinked(String other, String name) {
        return engine.inspect(other).stream()
                .flatMap(inspected ->
                        Json.texts(inspected.path("HostConfig").path("Links")).stream())
                .anyMatch(link -> link.startsWith("/" + name + ":"));
    }
}
