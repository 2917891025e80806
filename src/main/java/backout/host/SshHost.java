package backout.host;

import backout.plan.Secrets;
import backout.problem.Problem;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another machine, over SSH. It needs nothing there but an account, {@code sh}, and Linux with the
 * usual small programs. Connects when something is asked of it.
 */
public final class SshHost implements Host {
    private static final Duration QUICK = Duration.ofSeconds(30);

    private final Machine machine;
    private final Optional<SshHost> jump;
    private final SshLink commands;
    private final SshFiles files;
    private final SshDoors doors;

    /**
     * @param jump the host by way of which this one is reached
     */
    public SshHost(Machine machine, Optional<SshHost> jump, Secrets secrets) {
        this(machine, jump, secrets, Patience.USUAL);
    }

    SshHost(Machine machine, Optional<SshHost> jump, Secrets secrets, Patience patience) {
        this.machine = machine;
        this.jump = jump;
        this.commands = new SshLink(machine, jump, secrets, patience);
        this.files = new SshFiles(this);
        var socket = new SshSocket(this, machine);
        this.doors = new SshDoors(new SshLink(machine, jump, secrets, patience), socket::amiss);
    }

    @Override
    public String name() {
        return machine.host();
    }

    @Override
    public Result run(Command command) {
        return new SshRun(commands, command).run();
    }

    @Override
    public Map<String, String> environment(Command command) {
        var ask = Command.of(QUICK, "cat", "/proc/self/environ").with(command.environment());
        var there = command.directory().map(ask::in).orElse(ask);
        return ShellLine.variables(run(there).exited().stdout().bytes());
    }

    @Override
    public Optional<byte[]> read(Path file, int maxBytes) {
        return files.read(file, maxBytes);
    }

    @Override
    public void write(Path file, byte[] content, String expected) {
        files.write(file, content, expected);
    }

    @Override
    public boolean exists(Path path) {
        return files.is("-e", path);
    }

    @Override
    public boolean isFolder(Path path) {
        return files.is("-d", path);
    }

    @Override
    public List<Host.Entry> list(Path folder) {
        return files.list(folder);
    }

    @Override
    public Optional<Path> real(Path path) {
        return files.real(path);
    }

    @Override
    public Optional<Problem> writable(Path path) {
        return files.writable(path);
    }

    @Override
    public Host.Space space(Path path) {
        return files.space(path);
    }

    @Override
    public Host.PortState port(String address, int port) {
        return files.listening()
                .map(listening -> listening.look(address, port))
                .orElse(Host.PortState.UNKNOWN);
    }

    @Override
    public List<String> atWork(String tag) {
        var ask = SshScript.AT_WORK.command(QUICK, Command.WORK + "=" + tag);
        return run(ask).exited().stdout().text().lines().toList();
    }

    @Override
    public InetSocketAddress reach(String address, int port) {
        return doors.reach(address, port);
    }

    @Override
    public String door(String engineAddress) {
        return doors.door(engineAddress);
    }

    @Override
    public Optional<String> engine() {
        return Optional.of(machine.docker());
    }

    @Override
    public String typed(String line) {
        return SshLine.of(machine, jump.map(by -> by.machine), line);
    }

    /** The key that the machine shows now, trusted or not. */
    public ShownKey scan() {
        PinnedKey shown = commands.scan();
        return new ShownKey(
                shown.shownLine().orElseThrow(), shown.shownFingerprint().orElseThrow());
    }

    /**
     * What a machine shows to be recognised by.
     *
     * @param line as ssh-keyscan prints it, without the address
     * @param fingerprint as {@code ssh-keygen -l} prints it
     */
    public record ShownKey(String line, String fingerprint) {
        /** As OpenSSH calls the key's file: {@code ed25519}. */
        public String kind() {
            return line.replaceFirst(" .*", "").replaceFirst("^(?:ssh-)?([a-z0-9]+).*", "$1");
        }
    }

    @Override
    public void close() {
        doors.close();
        commands.close();
    }
}
