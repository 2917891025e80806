package backout.language;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Every template that the sources say, read by the compiler's own parser. */
final class Spoken {
    private static final Path SOURCES = Path.of("src/main/java");

    /** Each with the places that say it. */
    final TreeMap<String, Set<String>> templates = new TreeMap<>();

    /** Calls whose template is no literal. */
    final Set<String> unread = new TreeSet<>();

    static Spoken inSources() {
        var spoken = new Spoken();
        try (var files = Files.walk(SOURCES)) {
            spoken.read(files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spoken;
    }

    private void read(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var objects = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, objects);
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Calls(unit), null);
            }
        }
    }

    private final class Calls extends TreeScanner<Void, Void> {
        private final String file;

        Calls(CompilationUnitTree unit) {
            this.file = SOURCES.toUri().relativize(unit.getSourceFile().toUri()).getPath();
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            List<? extends ExpressionTree> arguments = call.getArguments();
            switch (call.getMethodSelect().toString()) {
                case "Phrase.of" -> say(call, arguments.getFirst(), "%s");
                case "Phrase.joined" -> say(call, arguments.getFirst(), "{0}%s{1}");
                case "Setting.required", "Keys.required", "required" ->
                        say(call, arguments.getLast(), "%s");
                case "Phrase.count" -> {
                    say(call, arguments.get(1), "%s");
                    say(call, arguments.get(2), "%s");
                }
                default -> {}
            }
            return super.visitMethodInvocation(call, null);
        }

        private void say(MethodInvocationTree call, Tree literal, String around) {
            text(literal)
                    .map(text -> around.replace("%s", text))
                    .ifPresentOrElse(
                            text -> templates.computeIfAbsent(text, _ -> new TreeSet<>()).add(file),
                            () -> unread.add(file + ": " + call));
        }
    }

    private static Optional<String> text(Tree tree) {
        return switch (tree) {
            case LiteralTree literal when literal.getValue() instanceof String text ->
                    Optional.of(text);
            case ParenthesizedTree inner -> text(inner.getExpression());
            case BinaryTree both ->
                    text(both.getLeftOperand())
                            .flatMap(left -> text(both.getRightOperand()).map(left::concat));
            default -> Optional.empty();
        };
    }
}
