package backout.host;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The machines that targets can live on, by the name that a target writes. */
public final class Hosts implements AutoCloseable {
    private final Map<String, Host> byName;

    private Hosts(Map<String, Host> byName) {
        this.byName = byName;
    }

    /** This machine, and these. */
    public static Hosts of(Collection<? extends Host> others) {
        var byName = new TreeMap<String, Host>(Map.of("local", Host.local()));
        others.forEach(host -> byName.put(host.name(), host));
        return new Hosts(byName);
    }

    /**
     * This machine, and these over SSH, of which each has at most one other before it.
     *
     * @param secrets where the passphrases of keys are found
     */
    public static Hosts over(Collection<Machine> machines, Secrets secrets) {
        var direct = new HashMap<String, SshHost>();
        machines.stream()
                .filter(machine -> machine.jump().isEmpty())
                .forEach(machine ->
                        direct.put(
                                machine.name(), new SshHost(machine, Optional.empty(), secrets)));
        var all = new ArrayList<SshHost>(direct.values());
        for (Machine machine : machines) {
            machine.jump()
                    .map(direct::get)
                    .ifPresent(by -> all.add(new SshHost(machine, Optional.of(by), secrets)));
        }
        return of(all);
    }

    /** This machine alone. */
    public static Hosts local() {
        return of(List.of());
    }

    /** Connects to nothing. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The same one each time. Connects to nothing yet.
     *
     * @throws ProblemException for a name that is not known
     */
    public Host named(String name) {
        Host host = byName.get(name);
        if (host == null) {
            throw new ProblemException(unknown(name, byName.keySet()));
        }
        return host;
    }

    /** What is told of a name that is none of these. */
    public static Problem unknown(String name, Collection<String> known) {
        return Problem.of(
                Phrase.of("there is no host {0}", name),
                Nearest.to(name, known)
                        .map(near ->
                                Phrase.of(
                                        "did you mean {0}? config/hosts.yml says what there is",
                                        near))
                        .orElseGet(() ->
                                Phrase.of(
                                        "write local, or ssh: and a name that config/hosts.yml"
                                                + " describes")));
    }

    @Override
    public void close() {
        byName.values().forEach(Host::close);
    }
}
