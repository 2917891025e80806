package backout.config;

import backout.host.Machine;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetName;
import backout.problem.Shown;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@code config/hosts.yml}; a site whose targets are all local has none. */
final class HostsFile {
    private static final int LAST_PORT = 65_535;

    private final Problems problems;

    private HostsFile(Problems problems) {
        this.problems = problems;
    }

    static Names<Machine> read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            return new Names<>(Set.of(), Map.of());
        }
        var sections = new SectionReader(problems);
        Names<Machine> machines =
                new NamedSections(file, problems)
                        .read(
                                "hosts",
                                TargetName::isWord,
                                Phrase.of("a lower-case word, such as db1"),
                                (name, yaml) ->
                                        sections.read(yaml, Keys.HOST)
                                                .map(settings -> machine(name, settings)));
        var checks = new HostsFile(problems);
        machines.read().values().forEach(found -> checks.check(found, machines));
        return machines;
    }

    private static Machine machine(String name, Settings settings) {
        return new Machine(
                name,
                settings.text("address"),
                Math.toIntExact(settings.number("port")),
                settings.text("user"),
                settings.text("key"),
                settings.textIfAny("passphrase"),
                settings.textIfAny("host-key"),
                settings.textIfAny("jump"),
                settings.text("docker"));
    }

    private void check(Names.Found<Machine> found, Names<Machine> machines) {
        Machine machine = found.value();
        if (!machine.address()
                .matches("[A-Za-z0-9][A-Za-z0-9._-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            refuse(
                    found,
                    "address",
                    Phrase.of("should be a name or an IP address"),
                    Phrase.of("Write its port below port:, its user below user:"));
        }
        if (!machine.user().matches("[^-\\s\\p{Cntrl}][^\\s\\p{Cntrl}]*")) {
            refuse(
                    found,
                    "user",
                    Phrase.of("should be a name, and begin with no hyphen"),
                    Phrase.of("Write who logs in there, such as deploy"));
        }
        if (machine.port() < 1 || machine.port() > LAST_PORT) {
            refuse(
                    found,
                    "port",
                    Phrase.of("should be a port, 1 to 65535"),
                    Phrase.of("Leave it out for 22"));
        }
        if (!machine.key().equals("agent") && !machine.key().matches("file:[^~].*")) {
            refuse(
                    found,
                    "key",
                    Phrase.of("should be agent, or file:PATH of a private key"),
                    Phrase.of("Write the whole path, such as file:/etc/backout/id_ed25519"));
        }
        if (!machine.hostKey().map(Machine::isKey).orElse(true)) {
            refuse(
                    found,
                    "host-key",
                    Phrase.of("should be the kind of a key and the key: ssh-ed25519 AAAA…"),
                    Phrase.of("bot/backout hosts scan {0} prints it", machine.name()));
        }
        machine.jump().ifPresent(jump -> checkJump(found, jump, machines));
    }

    private void checkJump(Names.Found<Machine> found, String jump, Names<Machine> machines) {
        if (!machines.given().contains(jump)) {
            refuse(
                    found,
                    "jump",
                    Phrase.of("there is no host \"{0}\"", Shown.of(jump)),
                    Names.nearest(
                            jump,
                            machines.given(),
                            Phrase.of("Write the name of another machine of this file")));
            return;
        }
        Machine by = machines.values().get(jump);
        if (jump.equals(found.value().name()) || (by != null && by.jump().isPresent())) {
            refuse(
                    found,
                    "jump",
                    Phrase.of("{0} is itself not reached directly", jump),
                    Phrase.of("Name a machine that has no jump of its own"));
        }
    }

    private void refuse(Names.Found<Machine> found, String key, Phrase what, Phrase next) {
        problems.add(found.place(key), what, next);
    }
}
