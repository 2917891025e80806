package backout.demo;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Method 3: a git checkout out of which Node runs, started by hand. */
record SourceWay(Host host, SiteFiles files, int port) implements Way {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** As {@code npm run service:start:daemon} has it: it outlives the shell that started it. */
    private static final String START = "exec setsid node src/app.js </dev/null >>\"$1\" 2>&1 &";

    /** Nothing of what this user told git, such as that commits are signed. */
    private static final Map<String, String> NO_SETTINGS =
            Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1");

    @Override
    public Phrase says() {
        return Phrase.of("a git checkout that Node runs from");
    }

    @Override
    public TargetName target() {
        return new TargetName("source", "relay-git");
    }

    @Override
    public String settings() {
        return """
        checks:
          - GET {url}/web [STATUS] == 200
        folder: %s
        url: http://%s:%d
        """
                .formatted(files.checkout(), DemoSite.LOOPBACK, port);
    }

    @Override
    public String healthUrl() {
        return "http://" + DemoSite.LOOPBACK + ":" + port + "/health";
    }

    @Override
    public void up() {
        git("init", "--quiet");
        commit(Images.GOOD);
        start();
    }

    /** As the guide says: it is stopped, another commit is checked out, and it is started again. */
    @Override
    public void deployBroken() {
        Marked.end(files.name());
        SiteFiles.writing(() -> files.describe(Images.BROKEN, "health-500"));
        commit(Images.BROKEN);
        start();
    }

    private void commit(String version) {
        git("add", "--all");
        git("commit", "--quiet", "--message", "Release " + version);
    }

    private void git(String... words) {
        var argv =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=demo", "-c", "user.email=demo@localhost"));
        argv.addAll(List.of(words));
        run(Command.of(PATIENCE, argv).with(NO_SETTINGS));
    }

    private void start() {
        Path log = files.root().resolve("relay-git.log");
        run(
                Command.of(PATIENCE, "sh", "-c", START, "sh", log.toString())
                        .with(
                                Map.of(
                                        "PORT",
                                        Integer.toString(port),
                                        Marked.VARIABLE,
                                        files.name())));
    }

    private void run(Command command) {
        var ended = host.run(command.in(files.checkout())).exited();
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} did not work: {1}",
                            command.summary(), ended.stderr().text().strip()),
                    Phrase.of("Say it by hand, in a folder of your own, to see what is wrong"));
        }
    }
}
