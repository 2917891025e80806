package backout.story;

import backout.fixture.Await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folders of a site with one simulated target, {@code sim/relay}. */
public final class SimSite {
    private final Path home;

    private SimSite(Path home) {
        this.home = home;
    }

    /**
     * @param votes how many people besides the requester must approve
     * @param soak such as {@code 0s}
     */
    public static SimSite in(Path home, int votes, String soak) {
        var site = new SimSite(home);
        site.copyBuiltIns();
        site.write(
                "commands/sim.yml",
                """
                name: sim
                says: Roll the simulated service back
                words: "[TARGET] [because REASON...]"
                level: L1
                does: rollback
                kind: sim
                switch: [sim.box]
                checks: ["container [STATE] == running"]
                """);
        site.write(
                "config/backout.yml",
                "store:\n  dir: "
                        + home.resolve("var")
                        + "\nlisten: {private: \"127.0.0.1:"
                        + Await.freePort()
                        + "\"}\n");
        site.write(
                "config/people.yml",
                """
                people:
                  li: {level: L1}
                  anna: {level: L2}
                  ben: {level: L2}
                  max: {level: L1}
                """);
        site.write(
                "config/approvals.yml",
                "policies:\n  some:\n    votes: " + votes + "\n    from: L2\n");
        site.write(
                "config/targets.yml",
                """
                targets:
                  sim/relay:
                    policy: some
                    good-after: 5m
                    soak: %s
                """
                        .formatted(soak));
        return site;
    }

    /** What the bot does by itself about its target. */
    void automatic(String does) {
        target("automatic: " + does);
    }

    /** How a rollback of its target is made sure of. */
    void risk(String risk) {
        target("risk: " + risk);
    }

    /** How long its target is watched after the proof. */
    void soak(String time) {
        target("soak: " + time);
    }

    private void target(String setting) {
        String soak = setting.startsWith("soak:") ? "" : "soak: 0s\n    ";
        write(
                "config/targets.yml",
                """
                targets:
                  sim/relay:
                    policy: some
                    %s
                """
                        .formatted(soak + setting));
    }

    public Path home() {
        return home;
    }

    /** The shipped ones, so that the story is the one that people live. */
    private void copyBuiltIns() {
        for (String name :
                List.of(
                        "approve", "cancel", "confirm", "deny", "help", "history", "keep", "plan",
                        "status", "undo", "unlock")) {
            Path shipped = Path.of("commands", name + ".yml");
            try {
                write("commands/" + name + ".yml", Files.readString(shipped));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public void write(String file, String text) {
        try {
            Path path = home.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
