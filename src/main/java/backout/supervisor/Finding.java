package backout.supervisor;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** One look at a machine: whose are the processes of a folder. */
final class Finding {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "fish", "ash", "ksh", "tcsh", "busybox");

    private static final Pattern LOGINS =
            Pattern.compile(
                    "systemd|init|tini|sshd.*|login|su|sudo|runuser|tmux.*|screen|cron|crond");

    private final Hands hands;
    private final OptionalInt port;
    private final List<Path> folders;
    private final Path top;
    private final Processes now;
    private final Units units;
    private final List<Problem> against = new ArrayList<>();
    private final Map<Map<String, String>, Supervisor> owners = new LinkedHashMap<>();
    private final Map<Processes.One, List<Problem>> notAsked = new LinkedHashMap<>();

    Finding(Hands hands, Path folder, OptionalInt port) {
        this.hands = hands;
        this.port = port;
        Path real = Supervisors.real(hands.host(), folder);
        Path above = real.getParent();
        this.top =
                above != null && above.endsWith("releases") && above.getParent() != null
                        ? above.getParent()
                        : real;
        this.folders = top.equals(folder) ? List.of(top) : List.of(top, folder);
        this.now = Processes.of(hands.host());
        this.units = new Units(hands, folders);
    }

    Found found() {
        List<Processes.One> holders = holders();
        List<Processes.One> mine = new ArrayList<>();
        holders.stream().filter(this::isMine).forEach(mine::add);
        now.all().values().stream()
                .filter(one -> !mine.contains(one) && isMine(one))
                .sorted(Comparator.comparingLong(Processes.One::startTicks))
                .forEach(mine::add);
        askDaemons();
        mine.forEach(one -> own(one, holders));
        units.stopped(owners.values()).forEach((name, work) -> addUnit(name, homeOf(real(work))));
        tellOfDaemons();
        judge(holders);
        return new Found(List.copyOf(owners.values()), against);
    }

    private List<Processes.One> holders() {
        if (port.isEmpty()) {
            return List.of();
        }
        return now.listeners().getOrDefault(port.getAsInt(), List.of()).stream()
                .flatMap(who -> who.pid().stream())
                .flatMap(pid -> Optional.ofNullable(now.all().get(pid)).stream())
                .distinct()
                .toList();
    }

    /** Of this folder, and neither a person's shell nor the bot or what it has started. */
    private boolean isMine(Processes.One one) {
        return !one.contained()
                && Supervisors.isIn(one, folders)
                && !Pm2Daemon.isOne(one)
                && !isOurs(one);
    }

    private boolean isOurs(Processes.One one) {
        if (!hands.host().name().equals("local")) {
            return false;
        }
        long self = ProcessHandle.current().pid();
        return one.pid() == self
                || now.ancestors(one).stream().anyMatch(above -> above.pid() == self);
    }

    private void askDaemons() {
        now.all().values().stream()
                .filter(Pm2Daemon::isOne)
                .forEach(one -> {
                    try {
                        appsOf(Pm2Daemon.of(hands, one, folders));
                    } catch (ProblemException e) {
                        notAsked.put(one, e.problems());
                    }
                });
    }

    /** Who could not be asked matters where an app of it is ours, or might be. */
    private void tellOfDaemons() {
        notAsked.forEach((daemon, problems) -> {
            if (owners.isEmpty() || now.trees(List.of(daemon)).stream().anyMatch(this::isMine)) {
                against.addAll(problems);
            }
        });
    }

    /** Also those that do not run at this moment. */
    private void appsOf(Pm2Daemon daemon) {
        for (var entry : daemon.list()) {
            if (Pm2.lies(hands, entry, folders)) {
                int pid = entry.path("pid").asInt(0);
                Path place =
                        Optional.ofNullable(now.all().get(pid))
                                .flatMap(Processes.One::cwd)
                                .filter(this::isInside)
                                .orElseGet(() ->
                                        real(
                                                Path.of(
                                                        entry.path("pm2_env")
                                                                .path("pm_cwd")
                                                                .asString("/"))));
                add(
                        new Pm2(
                                daemon,
                                entry.path("name").asString(""),
                                homeOf(place).toString(),
                                port,
                                Optional.empty()));
            }
        }
    }

    private boolean isInside(Path path) {
        return folders.stream().anyMatch(path::startsWith);
    }

    private Path real(Path path) {
        return hands.host().real(path).orElse(path);
    }

    /** The release that a path is in, or the checkout. */
    private Path homeOf(Path place) {
        Path real = isInside(place) && !place.startsWith(top) ? real(place) : place;
        Path releases = top.resolve("releases");
        if (real.startsWith(releases) && !real.equals(releases)) {
            return releases.resolve(releases.relativize(real).getName(0));
        }
        return top;
    }

    private void own(Processes.One one, List<Processes.One> holders) {
        List<Processes.One> above = now.ancestors(one);
        if (above.stream().anyMatch(Pm2Daemon::isOne)) {
            return;
        }
        var unit = Units.of(one);
        if (unit.isPresent() && units.owns(unit.get(), one)) {
            addUnit(unit.get(), homeOf(place(one)));
            return;
        }
        Processes.One root =
                above.stream().filter(this::isMine).reduce((_, last) -> last).orElse(one);
        List<Processes.One> tree = now.trees(List.of(root));
        boolean serves = holders.stream().anyMatch(tree::contains);
        if (serves || !(isShell(root) || root.terminal() || isAtWork(root))) {
            addProcess(root, tree, serves);
        }
    }

    private Path place(Processes.One one) {
        return Supervisors.place(one, folders).map(this::real).orElse(top);
    }

    private void addUnit(Units.Name unit, Path home) {
        add(new Systemd(hands, unit.unit(), unit.user(), home.toString(), port));
    }

    private void addProcess(Processes.One root, List<Processes.One> tree, boolean serves) {
        Path home = homeOf(place(root));
        watcher(root)
                .ifPresent(who ->
                        against.add(
                                new Problem(
                                        Phrase.of(
                                                "{0} keeps {1} running and would start it again:"
                                                        + " the bot cannot work with it",
                                                Supervisors.told(who), Supervisors.told(root)),
                                        hands.host().name(),
                                        Phrase.of("Let systemd or PM2 keep it, then ask again"))));
        var plain = Plain.of(hands, root, home, serves ? port : OptionalInt.empty());
        add(
                PidFile.naming(hands, home, tree)
                        .<Supervisor>map(file -> new PidFile(hands, plain, file))
                        .orElse(plain));
    }

    /** A parent that is neither the first process, nor a shell, nor a login has its reason. */
    private Optional<Processes.One> watcher(Processes.One root) {
        return now.ancestors(root).stream()
                .filter(one ->
                        one.pid() != 1
                                && !SHELLS.contains(one.name())
                                && !LOGINS.matcher(one.name()).matches())
                .findFirst();
    }

    /** A person's: one that runs no script. */
    private static boolean isShell(Processes.One one) {
        return SHELLS.contains(one.name())
                && one.argv().stream().skip(1).allMatch(word -> word.matches("--?[a-bd-z]+"));
    }

    /** What the bot itself does there, also by a bot that was killed. */
    private boolean isAtWork(Processes.One one) {
        return Kept.names(hands, one.pid()).contains("BACKOUT_WORK");
    }

    private void add(Supervisor owner) {
        owners.putIfAbsent(owner.texts(), owner);
    }

    private void judge(List<Processes.One> holders) {
        if (port.isEmpty() || !now.listeners().containsKey(port.getAsInt())) {
            return;
        }
        if (holders.isEmpty()) {
            against.add(
                    new Problem(
                            Phrase.of(
                                    "port {0} is held by a process that the bot's user there may"
                                            + " not see ({1}): nobody can tell whose it is",
                                    port.getAsInt(), Supervisors.holders(now, port.getAsInt())),
                            hands.host().name(),
                            Phrase.of("Let the bot be that user there, or root")));
            return;
        }
        boolean isTheirs = holders.stream().anyMatch(one -> isMine(one) || listensForThem(one));
        besides(holders);
        if (!isTheirs) {
            against.add(
                    new Problem(
                            Phrase.of(
                                    "port {0} is held by another one: {1}",
                                    port.getAsInt(), Supervisors.holders(now, port.getAsInt())),
                            hands.host().name(),
                            Phrase.of(
                                    "End that process there, or correct the port or the folder of"
                                            + " the target")));
        }
    }

    /** A unit that cannot come up because somebody runs the same by hand. */
    private void besides(List<Processes.One> holders) {
        boolean byHand =
                owners.values().stream()
                        .anyMatch(owner ->
                                owner instanceof Plain && owner.texts().containsKey("port"));
        owners.values().stream()
                .filter(owner ->
                        byHand && owner instanceof Systemd unit && unit.members(now).isEmpty())
                .forEach(unit ->
                        against.add(
                                new Problem(
                                        Phrase.of(
                                                "port {0} is held beside {1}, which does not run,"
                                                        + " by {2}",
                                                port.orElseThrow(),
                                                unit.says(),
                                                holders.stream().map(Supervisors::told).toList()),
                                        hands.host().name(),
                                        Phrase.of(
                                                "End that process there and start the unit, then"
                                                        + " ask again"))));
    }

    /** PM2 listens for its clusters, systemd for units with a socket. */
    private boolean listensForThem(Processes.One one) {
        return owners.values().stream()
                .anyMatch(owner ->
                        switch (owner) {
                            case Pm2 pm2 ->
                                    pm2.daemon().process(now).filter(one::equals).isPresent();
                            case Systemd unit ->
                                    (one.name().equals("systemd") && unit.isSocketActivated())
                                            || unit.members(now).contains(one);
                            default -> false;
                        });
    }
}
