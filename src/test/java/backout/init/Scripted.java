package backout.init;

import backout.chat.Message;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the answer whose beginning of a question fits, once each; the guess otherwise. */
final class Scripted implements Dialog {
    private record Line(String question, String answer) {}

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, String> shown = new LinkedHashMap<>();
    final List<String> told = new ArrayList<>();

    Scripted answers(String question, String answer) {
        lines.add(new Line(question, answer));
        return this;
    }

    @Override
    public void say(Phrase sentence) {
        told.add(sentence.toString());
    }

    @Override
    public void show(Message message) {
        shown.put(message.summary().toString(), message.summary().toString());
    }

    @Override
    public String ask(Phrase asked, String guess) {
        String question = asked.toString();
        told.add(question);
        for (Line line : lines) {
            if (question.contains(line.question())) {
                lines.remove(line);
                return line.answer();
            }
        }
        return guess;
    }

    List<String> shown() {
        return List.copyOf(shown.keySet());
    }
}
