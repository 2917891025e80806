package backout.language;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Every place in the sources that makes a text of a {@link Phrase} without asking in which language
 * it is read, found by the compiler's own types: {@code "text" + phrase} is English for everybody.
 */
final class Glued {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Their own {@code toString} is English. */
    private static final Set<String> WORDED =
            Set.of(
                    "backout.language.Phrase",
                    "backout.problem.Problem",
                    "backout.problem.ProblemException",
                    "backout.report.Room.Later",
                    "backout.report.Room.Refused");

    private static final Set<String> MAKES_TEXT =
            Set.of("toString", "getMessage", "valueOf", "format", "formatted", "append", "join");

    /** {@code file: what stands there}, in their order. */
    final Set<String> places = new TreeSet<>();

    private final Trees trees;
    private final Types types;
    private final TypeMirror failure;

    private Glued(JavacTask task) {
        trees = Trees.instance(task);
        types = task.getTypes();
        failure = task.getElements().getTypeElement("java.lang.Throwable").asType();
    }

    static Set<String> inSources() {
        try (var files = Files.walk(SOURCES);
                var manager = COMPILER.getStandardFileManager(null, null, null)) {
            var java = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            return read(manager.getJavaFileObjectsFromPaths(java));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of one source. */
    static Set<String> in(String name, String source) {
        var file =
                new SimpleJavaFileObject(
                        SOURCES.resolve(name).toUri(), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        try {
            return read(List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> read(Iterable<? extends JavaFileObject> files) throws IOException {
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        var task = (JavacTask) COMPILER.getTask(null, null, null, options, null, files);
        Iterable<? extends CompilationUnitTree> units = task.parse();
        var _ = task.analyze();
        var glued = new Glued(task);
        units.forEach(unit -> glued.new Search(unit).scan(unit, null));
        return glued.places;
    }

    private final class Search extends TreePathScanner<Void, Void> {
        private final String file;

        Search(CompilationUnitTree unit) {
            this.file = SOURCES.toUri().relativize(unit.getSourceFile().toUri()).getPath();
        }

        @Override
        public Void visitBinary(BinaryTree both, Void unused) {
            if (both.getKind() == Tree.Kind.PLUS
                    && (isWorded(both.getLeftOperand()) || isWorded(both.getRightOperand()))) {
                places.add(file + ": " + both);
            }
            return super.visitBinary(both, null);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
            if (MAKES_TEXT.contains(reference.getName().toString())
                    && isWorded(reference.getQualifierExpression())) {
                places.add(file + ": " + reference);
            }
            return super.visitMemberReference(reference, null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            if (isExempt(call)) {
                return null;
            }
            if (MAKES_TEXT.contains(name(call)) && (isGivenWords(call) || isOfWords(call))) {
                places.add(file + ": " + call);
            }
            if (call.getMethodSelect().toString().startsWith("Phrase.")) {
                call.getArguments().stream()
                        .filter(value -> isFailure(value) || (isWorded(value) && !isPhrase(value)))
                        .forEach(_ -> places.add(file + ": " + call));
            }
            return super.visitMethodInvocation(call, null);
        }

        /** Some type's own {@code toString} is for logs. */
        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            return method.getName().contentEquals("toString")
                    ? null
                    : super.visitMethod(method, null);
        }

        private boolean isGivenWords(MethodInvocationTree call) {
            return call.getArguments().stream().anyMatch(this::isWorded);
        }

        private boolean isOfWords(MethodInvocationTree call) {
            return call.getMethodSelect() instanceof MemberSelectTree select
                    && isWorded(select.getExpression());
        }

        /** Logs are English, and so is what an exception has for them beside its own words. */
        private boolean isExempt(MethodInvocationTree call) {
            return call.getMethodSelect().toString().equals("super")
                    || (call.getMethodSelect() instanceof MemberSelectTree select
                            && type(select.getExpression()).equals("org.slf4j.Logger"));
        }

        private static String name(MethodInvocationTree call) {
            return call.getMethodSelect() instanceof MemberSelectTree select
                    ? select.getIdentifier().toString()
                    : call.getMethodSelect().toString();
        }

        /** {@code problem.Cause} has words for it. */
        private boolean isFailure(Tree tree) {
            TypeMirror type = mirror(tree);
            return type != null && types.isAssignable(type, failure);
        }

        private boolean isPhrase(Tree tree) {
            return type(tree).equals("backout.language.Phrase");
        }

        private boolean isWorded(Tree tree) {
            return WORDED.contains(type(tree));
        }

        private String type(Tree tree) {
            TypeMirror type = mirror(tree);
            return type instanceof DeclaredType declared
                    ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                    : "";
        }

        private @Nullable TypeMirror mirror(Tree tree) {
            return trees.getTypeMirror(new TreePath(getCurrentPath(), tree));
        }
    }
}
