package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Cards;
import backout.chat.Message;
import backout.chat.Messages;

import com.google.gson.GsonBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Golden files are written anew with {@code BACKOUT_GOLDEN=write}; read the difference before you
 * commit it.
 */
class SlackRendererTest {
    private static final SlackRenderer RENDERER =
            new SlackRenderer(new SlackPeople(Cards.site())::user);

    private static final Path GOLDEN = Path.of("src/test/resources/golden/slack");

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static Message message(String name) {
        return Optional.ofNullable(Messages.all().get(name)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_looks_like_its_golden_file(String name) throws IOException {
        var pretty = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
        String json = pretty.toJson(RENDERER.blocks(message(name))) + "\n";
        Path file = GOLDEN.resolve(name + ".json");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }
}
