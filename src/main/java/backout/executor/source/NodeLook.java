package backout.executor.source;

import backout.git.GitCommits;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;
import backout.supervisor.Supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the Node that runs the service is one that the release asks for. */
record NodeLook(Host host, Prospect prospect) {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Pattern PIN = Pattern.compile("v?(\\d+)(\\..*)?");
    private static final List<String> FILES = List.of(".nvmrc", ".node-version");

    /** The program that the service runs by; empty where that is no Node. */
    static Optional<Path> node(Host host, List<Supervisor> owners) {
        return owners.stream()
                .flatMap(owner -> owner.look().processes().stream())
                .flatMap(one -> host.real(Path.of("/proc/" + one.pid() + "/exe")).stream())
                .filter(path -> path.getFileName().toString().equals("node"))
                .findFirst();
    }

    static Findings of(Host host, Prospect prospect) {
        return prospect.node().isEmpty()
                ? Findings.fine()
                : new NodeLook(host, prospect).look(prospect.node());
    }

    private Findings look(String node) {
        Result.Exited told = host.run(Command.of(WITHIN, node, "--version")).exited();
        var version = PIN.matcher(told.stdout().text().strip());
        Optional<Wanted> wanted = wanted();
        if (wanted.isEmpty() || !version.matches()) {
            return Findings.fine();
        }
        int major = Integer.parseInt(version.group(1));
        Wanted asks = wanted.get();
        return asks.fits(major)
                ? Findings.fine()
                : Findings.red(
                        new Problem(
                                Phrase.of(
                                        "the release asks for Node {0} ({1}), and the service runs"
                                                + " by {2}, which is {3}",
                                        asks.text(), asks.file(), node, version.group()),
                                host.name(),
                                Phrase.of(
                                        "install it (nvm install {0}), let whoever starts the"
                                                + " service use it, then ask again; nothing was"
                                                + " touched",
                                        asks.text())));
    }

    /**
     * @param file where it stands
     */
    private record Wanted(String text, String file) {
        /** What is no plain version or range is not understood, and taken to fit. */
        boolean fits(int major) {
            var pin = PIN.matcher(text);
            return pin.matches()
                    ? Integer.parseInt(pin.group(1)) == major
                    : NodeRange.of(text).map(range -> range.has(major)).orElse(true);
        }
    }

    private Optional<Wanted> wanted() {
        if (prospect.kept().isPresent()) {
            Path folder = prospect.folder();
            return wanted(name ->
                    host.read(folder.resolve(name), 1 << 20)
                            .map(bytes ->
                                    new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
        }
        try (GitCommits commits = prospect.layout().commits()) {
            String commit = prospect.choice().identity();
            return commits.has(commit)
                    ? wanted(name -> commits.text(commit, name))
                    : Optional.empty();
        }
    }

    private Optional<Wanted> wanted(java.util.function.Function<String, Optional<String>> files) {
        for (String file : FILES) {
            Optional<String> pin = files.apply(file).map(String::strip);
            if (pin.filter(text -> PIN.matcher(text).matches()).isPresent()) {
                return pin.map(text -> new Wanted(text, file));
            }
        }
        return files.apply(Packages.DESCRIBED)
                .map(json ->
                        Packages.described(json, Names.brief(prospect.choice().identity()))
                                .path("engines")
                                .path("node")
                                .asString("")
                                .strip())
                .filter(text -> !text.isEmpty())
                .map(text -> new Wanted(text, Packages.DESCRIBED + ", engines"));
    }
}
