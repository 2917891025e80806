package backout.chat.slack;

import backout.chat.Form;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.chat.slack.Whispers.Asker;
import backout.problem.Problem;
import backout.report.Room;

import com.google.gson.JsonObject;
import com.slack.api.model.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** Slack's dialogs: opened for a form, shown anew with the next one, or with what is wrong. */
final class SlackDialogs {
    private static final Logger log = LoggerFactory.getLogger(SlackDialogs.class);

    private final SlackApi api;
    private final SlackReaders readers;

    SlackDialogs(SlackApi api, SlackReaders readers) {
        this.api = api;
        this.readers = readers;
    }

    /**
     * A trigger is good for three seconds and for one dialog.
     *
     * @return false when it did not open
     */
    boolean open(Asker asker, String trigger, Form form) {
        Optional<JsonObject> view = view(form, asker);
        if (view.isEmpty() || trigger.isEmpty()) {
            return false;
        }
        try {
            var _ =
                    api.call(
                            "views.open",
                            methods ->
                                    methods.viewsOpen(r ->
                                            r.triggerId(trigger)
                                                    .viewAsString(view.get().toString())));
            return true;
        } catch (Room.Later | Room.Refused e) {
            log.warn("a dialog did not open: {}", e.getMessage());
            return false;
        }
    }

    /** The answer that shows this form in the dialog that was handed in; empty where none can. */
    Optional<JsonObject> update(Form form, Asker asker) {
        return view(form, asker)
                .map(view -> {
                    var update = new JsonObject();
                    update.addProperty("response_action", "update");
                    update.add("view", view);
                    return update;
                });
    }

    /** The answer that leaves a dialog open, with what is wrong below its first input. */
    JsonObject errors(View view, Asker asker, Problem problem) {
        var words = new Words(readers.soon(asker.user()));
        String says = PlainText.line(words.say(problem.phrase()));
        var errors = new JsonObject();
        errors.addProperty(
                view.getBlocks().getFirst().getBlockId(), words.cut(says, SlackLimits.VIEW_ERROR));
        var answer = new JsonObject();
        answer.addProperty("response_action", "errors");
        answer.add("errors", errors);
        return answer;
    }

    private Optional<JsonObject> view(Form form, Asker asker) {
        return SlackForm.view(form, asker.channel(), readers.soon(asker.user()));
    }
}
