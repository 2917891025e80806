package backout.chat.discord;

import backout.http.SignedDoor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where interactions arrive on hosts that Discord must call: {@code POST /discord/interactions}.
 */
final class DiscordDoor extends SignedDoor {
    /** Below the public listener. */
    static final String PATH = "/discord/interactions";

    private static final Logger log = LoggerFactory.getLogger(DiscordDoor.class);
    private static final long serialVersionUID = 1;
    private static final int PONG = 1;

    private static final Lettering LETTERING =
            new Lettering(
                    "Discord",
                    "X-Signature-Timestamp",
                    "X-Signature-Ed25519",
                    "the key that discord/public-key in config/chat.yml belongs to");

    private final transient DiscordTalk talk;

    DiscordDoor(DiscordProof proof, DiscordTalk talk, InstantSource clock, LongSupplier nanos) {
        super(LETTERING, proof, clock, nanos);
        this.talk = talk;
    }

    @Override
    protected void genuine(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        JsonNode interaction;
        try {
            interaction = Kit.JSON.readTree(body);
        } catch (JacksonException e) {
            log.warn("a signed request of Discord is no JSON", e);
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "not understood");
            return;
        }
        if (Asked.of(interaction).type() == Asked.Type.PING) {
            write(response, Kit.object(PONG));
            return;
        }
        Optional<DiscordTalk.Answer> answer = talk.take(interaction);
        if (answer.isEmpty()) {
            log.info("a signed request of Discord did nothing: it came before, or means nothing");
            return;
        }
        boolean written = false;
        try {
            write(response, answer.get().first().get());
            written = true;
        } finally {
            answer.get().delivered().accept(written);
        }
    }

    private static void write(HttpServletResponse response, ObjectNode answer) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(Kit.JSON.writeValueAsBytes(answer));
        response.flushBuffer();
    }
}
