package backout.chat.slack;

import backout.chat.Form;
import backout.chat.Message;
import backout.chat.slack.Whispers.Asker;
import backout.frontdesk.Answerer;
import backout.language.Phrase;
import backout.problem.Problem;

import com.google.gson.JsonObject;
import com.slack.api.model.view.View;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** How Slack is answered, and the person who did something there. */
final class SlackAnswers {
    private final Whispers whispers;
    private final SlackDialogs dialogs;
    private final Executor aside;

    SlackAnswers(Whispers whispers, SlackDialogs dialogs, Executor aside) {
        this.whispers = whispers;
        this.dialogs = dialogs;
        this.aside = aside;
    }

    /** All of it follows the acknowledgement, which is empty. */
    class Whispering implements Answerer {
        final Asker asker;
        private final String trigger;

        Whispering(Asker asker, String trigger) {
            this.asker = asker;
            this.trigger = trigger;
        }

        @Override
        public void tell(Message message) {
            aside.execute(() -> whispers.tell(asker, message));
        }

        @Override
        public void ask(Form form, Problem otherwise) {
            aside.execute(() -> {
                if (!dialogs.open(asker, trigger, form)) {
                    whispers.tell(asker, Message.refusal(otherwise));
                }
            });
        }
    }

    /** What is known at once is the acknowledgement itself. */
    final class Acknowledging extends Whispering {
        private Optional<Message> known = Optional.empty();

        Acknowledging(Asker asker, String trigger) {
            super(asker, trigger);
        }

        @Override
        public void tell(Message message) {
            if (known.isEmpty()) {
                known = Optional.of(message);
            } else {
                super.tell(message);
            }
        }

        Optional<JsonObject> body() {
            return known.map(message -> whispers.body(asker, message));
        }
    }

    /** A dialog stays open with what is wrong, or with what is asked next. */
    final class InDialog extends Whispering {
        private final View view;
        private Optional<JsonObject> body = Optional.empty();
        private boolean closes;

        InDialog(Asker asker, View view) {
            super(asker, "");
            this.view = view;
        }

        @Override
        public void refuse(List<Problem> problems) {
            if (closes) {
                super.refuse(problems);
            } else {
                body = Optional.of(dialogs.errors(view, asker, problems.getFirst()));
            }
        }

        /** That the dialog closes tells it. */
        @Override
        public void promise(Phrase said) {
            closes = true;
        }

        @Override
        public void ask(Form form, Problem otherwise) {
            body = dialogs.update(form, asker);
            if (body.isEmpty()) {
                tell(Message.refusal(otherwise));
            }
        }

        Optional<JsonObject> body() {
            return body;
        }
    }
}
