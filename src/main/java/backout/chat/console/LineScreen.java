package backout.chat.console;

import backout.chat.Message;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;

/** The console as a screen: people answer by typing commands, so nothing is asked. */
final class LineScreen implements Screen {
    private final Lines lines;
    private final TextRenderer renderer;

    LineScreen(Lines lines, Style style, Language language) {
        this.lines = lines;
        this.renderer = new TextRenderer(lines.width(), style, language);
    }

    /** In one piece: several runs print at the same time. */
    private void print(List<String> text) {
        lines.print(String.join("\n", text));
    }

    @Override
    public void show(Message message) {
        print(renderer.lines(message));
    }

    @Override
    public void say(String lead, Phrase text) {
        print(renderer.sentence(lead, text));
    }

    @Override
    public void say(Phrase lead, Phrase text) {
        say(renderer.line(lead), text);
    }

    @Override
    public void refuse(List<Problem> problems) {
        print(problems.stream().flatMap(one -> renderer.problem(one).stream()).toList());
    }

    @Override
    public boolean hasPerson() {
        return false;
    }

    @Override
    public void ask(Phrase question) {
        say("", question);
    }

    @Override
    public Optional<String> heard() {
        return Optional.empty();
    }

    @Override
    public void endLine() {}
}
