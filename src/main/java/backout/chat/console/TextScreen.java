package backout.chat.console;

import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Prints whole lines on a stream; questions are asked only where somebody sits. */
public final class TextScreen implements Screen {
    private final PrintStream out;
    private final TextRenderer renderer;
    private final Optional<Keyboard> keyboard;
    private boolean halfLine;

    /**
     * @param keyboard empty where nobody sits
     */
    public TextScreen(PrintStream out, TextRenderer renderer, Optional<Keyboard> keyboard) {
        this.out = out;
        this.renderer = renderer;
        this.keyboard = keyboard;
    }

    @Override
    public synchronized void show(Message message) {
        endLine();
        out.println();
        renderer.lines(message).forEach(out::println);
        out.println();
        out.flush();
    }

    @Override
    public synchronized void say(String lead, Phrase text) {
        endLine();
        renderer.sentence(lead, text).forEach(out::println);
        out.flush();
    }

    @Override
    public void say(Phrase lead, Phrase text) {
        say(renderer.line(lead), text);
    }

    @Override
    public synchronized void refuse(List<Problem> problems) {
        endLine();
        problems.forEach(problem -> renderer.problem(problem).forEach(out::println));
        out.flush();
    }

    @Override
    public boolean hasPerson() {
        return keyboard.isPresent();
    }

    @Override
    public synchronized void ask(Phrase question) {
        endLine();
        out.print(renderer.line(question) + " ");
        out.flush();
        halfLine = true;
    }

    @Override
    public Optional<String> heard() {
        Optional<String> line = keyboard.flatMap(Keyboard::heard);
        line.ifPresent(_ -> answered());
        return line;
    }

    /** Who answered a question ended its line. */
    public synchronized void answered() {
        halfLine = false;
    }

    @Override
    public synchronized void endLine() {
        if (halfLine) {
            out.println();
            halfLine = false;
        }
    }
}
