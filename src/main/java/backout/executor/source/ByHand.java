package backout.executor.source;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Receipt;
import backout.run.Script;
import backout.supervisor.Supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The same as a person types it. */
record ByHand(Host host, Services services, Link link, Step step, OptionalInt port) {
    private static final Set<String> PROCESSES = Set.of("plain", "pid-file");

    private Path release() {
        return Path.of(step.need("folder"));
    }

    /** From wherever it stopped back to the former release. */
    List<Phrase> lines(Optional<Receipt> receipt) {
        if (receipt.isEmpty()) {
            return List.of(
                    Phrase.of(
                            "nothing was begun: {0} should lead to {1}, and the service run out of"
                                    + " it",
                            link.layout().link(), link.former()));
        }
        Held held = Held.read(receipt.get());
        List<Supervisor> owners = held.owners().stream().map(services::of).toList();
        var lines = new ArrayList<>(stopped(owners));
        lines.addAll(link.typedBack(held.text()));
        owners.forEach(owner -> lines.addAll(owner.startLines(link.former())));
        return there(lines).stream().map(Phrase::verbatim).toList();
    }

    Script script() {
        List<Supervisor> owners = services.found(link.former(), port).owners();
        var forth = new ArrayList<>(stopped(owners));
        forth.addAll(Link.typed(link.forth(release())));
        owners.forEach(owner -> forth.addAll(owner.startLines(release())));
        var back = new ArrayList<>(stopped(owners));
        back.addAll(link.typedBack(link.text()));
        owners.forEach(owner -> back.addAll(owner.startLines(link.former())));
        String ready = "test -d " + Command.typed(List.of(release().toString()));
        return new Script(there(List.of(ready)), there(forth), there(back));
    }

    /** Each line is a shell of its own there; what is only told is told here. */
    private List<String> there(List<String> lines) {
        return lines.stream().map(line -> line.startsWith("#") ? line : host.typed(line)).toList();
    }

    /** A process has another number each time: it is known by the folder that it is in. */
    private List<String> stopped(List<Supervisor> owners) {
        var lines = new ArrayList<String>();
        for (Supervisor owner : owners) {
            if (PROCESSES.contains(owner.texts().getOrDefault("kind", ""))) {
                lines.add(ended(link.former()));
                lines.add(ended(link.aside()));
                lines.add(ended(release()));
            } else {
                lines.addAll(owner.stopLines());
            }
        }
        return lines.stream().distinct().toList();
    }

    /** Again until there is nobody: whoever was just ended may have started another one before. */
    private static String ended(Path folder) {
        return """
        while :; do n=; for p in /proc/[0-9]*; do if [ "$(readlink "$p/cwd")" = %s ] && \
        [ "${p#/proc/}" != $$ ] && kill "${p#/proc/}"; then n=1; while [ -d "$p" ]; do sleep 0.2; \
        done; fi; done; [ -n "$n" ] || break; done\
        """
                .formatted(Command.typed(List.of(folder.toString())));
    }
}
