package backout.http;

import backout.http.Signatures.Verdict;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An address that anybody can reach and at which only one chat is heard, or whoever else signs:
 * nothing is read that cannot be theirs, and nothing is done that they did not sign.
 */
public abstract class SignedDoor extends HttpServlet {
    /** A command is 1 to 3 kB, a dialog with all that was filled in below that. */
    public static final int MOST_BYTES = 64 << 10;

    private static final Logger log = LoggerFactory.getLogger(SignedDoor.class);
    private static final long serialVersionUID = 1;
    private static final String TOO_LONG = "too long";

    private final transient Lettering lettering;
    private final transient Signatures signatures;
    private final transient Refusals refusals;

    /**
     * How a chat's requests look.
     *
     * @param chat as people call it
     * @param timestamp and {@code signature}: the headers' names
     * @param key what the key is called and where it stands, for who is refused
     */
    public record Lettering(String chat, String timestamp, String signature, String key) {}

    /**
     * @param nanos a clock that only goes forward
     */
    protected SignedDoor(
            Lettering lettering, Signatures.Proof proof, InstantSource clock, LongSupplier nanos) {
        this(lettering, new Signatures(proof, clock, nanos), nanos);
    }

    /**
     * @param usual whose signature counts, unless {@link #signatures} says otherwise
     */
    protected SignedDoor(Lettering lettering, Signatures usual, LongSupplier nanos) {
        this.lettering = lettering;
        signatures = usual;
        refusals = new Refusals(lettering.chat(), log::warn, nanos);
    }

    /** Whose signature counts for this request. */
    protected Signatures signatures(HttpServletRequest request) {
        return signatures;
    }

    /** Works on what is genuine and, as far as the signatures remember, came for the first time. */
    protected abstract void genuine(
            byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String stamp = header(request, lettering.timestamp());
        String signature = header(request, lettering.signature());
        Signatures theirs = signatures(request);
        if (refused(theirs.ofHeaders(stamp, signature), response)) {
            return;
        }
        // a stranger's body is not read for longer than it could be the chat's
        if (request.getContentLengthLong() > MOST_BYTES) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LONG);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LONG);
            return;
        }
        if (!refused(theirs.check(stamp, signature, body), response)) {
            genuine(body, request, response);
        }
    }

    /** Whoever sent it twice is done: a proxy that lost our answer must not see a failure. */
    private boolean refused(Verdict verdict, HttpServletResponse response) throws IOException {
        switch (verdict) {
            case GENUINE -> {
                return false;
            }
            case REPLAYED ->
                    log.info(
                            "a request of {} came a second time and did nothing", lettering.chat());
            case FORGED ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is not signed with " + lettering.key());
            case UNTIMELY ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is more than 5 minutes away from the bot's clock");
            case EARLIER ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is from before the bot was started");
        }
        return true;
    }

    private static String header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    /** The connection ends with it: whoever forges one has more of them. */
    protected final void refuse(HttpServletResponse response, int status, String why)
            throws IOException {
        refusals.note(why);
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(why);
    }
}
