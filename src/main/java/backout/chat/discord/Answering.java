package backout.chat.discord;

import backout.chat.Form;
import backout.chat.Message;
import backout.frontdesk.Answerer;
import backout.language.Language;
import backout.problem.Problem;
import backout.report.Room;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How one interaction is answered: what is known at once is the answer itself, what comes later
 * replaces it, and what comes too late for that is a direct message. Only who asked sees any of it.
 */
final class Answering implements Answerer {
    /** Discord waits three seconds in all, the way there and back in them. */
    static final Duration AT_ONCE = Duration.ofMillis(1500);

    /** It may look for an answer before it has kept the one that this replaces. */
    private static final int TRIES = 3;

    private static final Set<Integer> NOT_YET =
            Set.of(DiscordErrors.UNKNOWN_MESSAGE, DiscordErrors.UNKNOWN_WEBHOOK);

    private static final Logger log = LoggerFactory.getLogger(Answering.class);

    private static final int MESSAGE = 4;
    private static final int LATER = 5;
    private static final int FORM = 9;

    private final Asked asked;
    private final DiscordApi api;
    private final DiscordRoom room;
    private final Language language;
    private final Executor aside;
    private final CompletableFuture<ObjectNode> first = new CompletableFuture<>();
    private final CompletableFuture<Boolean> delivered = new CompletableFuture<>();

    Answering(Asked asked, DiscordApi api, DiscordRoom room, Language language, Executor aside) {
        this.asked = asked;
        this.api = api;
        this.room = room;
        this.language = language;
        this.aside = aside;
    }

    /** What Discord is to be answered within three seconds, whether anything is known by then. */
    ObjectNode first() {
        ObjectNode later = callback(LATER, Kit.object().put("flags", Kit.EPHEMERAL));
        return first.completeOnTimeout(later, AT_ONCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Whether Discord took that answer. */
    void delivered(boolean taken) {
        delivered.complete(taken);
    }

    @Override
    public void tell(Message message) {
        answer(message, room.in(language).body(message));
    }

    /** The answer is a question, with what answers it below. */
    void tell(Message message, ObjectNode row) {
        ObjectNode body = room.in(language).body(message);
        body.withArray("components").add(row);
        answer(message, body);
    }

    private void answer(Message message, ObjectNode body) {
        ObjectNode alone = body.deepCopy().put("flags", Kit.EPHEMERAL | Kit.COMPONENTS_V2);
        if (!first.complete(callback(MESSAGE, alone))) {
            aside.execute(() -> replace(message, body));
        }
    }

    /** A dialog can only be the first answer, and none to another dialog. */
    @Override
    public void ask(Form form, Problem otherwise) {
        boolean opened =
                asked.type() != Asked.Type.MODAL
                        && DiscordForm.modal(form, language)
                                .map(modal -> first.complete(callback(FORM, modal)))
                                .orElse(false);
        if (!opened) {
            tell(Message.refusal(otherwise));
        }
    }

    private static ObjectNode callback(int type, ObjectNode data) {
        ObjectNode callback = Kit.object(type);
        callback.set("data", data);
        return callback;
    }

    private void replace(Message message, ObjectNode body) {
        if (!delivered.join() || !replaced(body)) {
            try {
                room.toUser(asked.user(), message);
            } catch (Room.Later | Room.Refused e) {
                log.warn("Discord user {} is not told: {}", asked.user(), e.getMessage());
            }
        }
    }

    private boolean replaced(ObjectNode body) {
        String path =
                "webhooks/" + asked.application() + "/" + asked.token() + "/messages/@original";
        for (int tried = 1; tried <= TRIES; tried++) {
            try {
                var _ = api.answer("PATCH", path, body);
                return true;
            } catch (Room.Later later) {
                pause(later.after());
            } catch (DiscordApi.No no) {
                if (!NOT_YET.contains(no.code())) {
                    return false;
                }
                pause(Duration.ZERO);
            }
        }
        return false;
    }

    private static void pause(Duration wanted) {
        long millis = Math.max(300, Math.min(wanted.toMillis(), 10_000));
        new CompletableFuture<Boolean>()
                .completeOnTimeout(true, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
