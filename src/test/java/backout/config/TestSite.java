package backout.config;

import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.fixture.Kinds;
import backout.frontdesk.ChatKeys;
import backout.notify.dingtalk.DingTalk;
import backout.notify.mail.Mail;
import backout.notify.webhook.Webhook;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.ReceiverKind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the shipped folders that a test may spoil. */
final class TestSite {
    static final List<ChatKeys> CHATS = List.of(SlackChat.KEYS, DiscordChat.KEYS);
    static final List<ReceiverKind> RECEIVERS = List.of(DingTalk.KIND, Webhook.KIND, Mail.KIND);
    static final Path COMMANDS = Path.of("commands");
    static final Path CONFIG = Path.of("config");

    private final Path root;

    private TestSite(Path root) {
        this.root = root;
    }

    static TestSite in(Path root) throws IOException {
        for (Path folder : List.of(COMMANDS, CONFIG)) {
            Files.createDirectories(root.resolve(folder));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, root.resolve(file.toString()));
                }
            }
        }
        return new TestSite(root);
    }

    static SiteLoader loader() {
        return new SiteLoader(Kinds.SHIPPED, CHATS, RECEIVERS);
    }

    Path file(String name) {
        return root.resolve(name);
    }

    TestSite with(String file, String text) throws IOException {
        Files.writeString(file(file), text);
        return this;
    }

    TestSite with(String file, byte[] bytes) throws IOException {
        Files.write(file(file), bytes);
        return this;
    }

    /** Replaces the first place where {@code old} stands; it must stand there. */
    TestSite change(String file, String old, String now) throws IOException {
        String text = Files.readString(file(file), StandardCharsets.UTF_8);
        int at = text.indexOf(old);
        if (at < 0) {
            throw new IllegalArgumentException(file + " does not hold " + old);
        }
        return with(file, text.substring(0, at) + now + text.substring(at + old.length()));
    }

    TestSite without(String file) throws IOException {
        Files.delete(file(file));
        return this;
    }

    SiteLoader.Loaded load() {
        return loader().load(file("commands"), file("config"));
    }

    /** All problems as people see them, the temporary folder left out. */
    List<String> problems() {
        try {
            load();
            return List.of();
        } catch (ProblemException e) {
            return e.problems().stream()
                    .map(Problem::toString)
                    .map(line -> line.replace(root + "/", ""))
                    .toList();
        }
    }
}
