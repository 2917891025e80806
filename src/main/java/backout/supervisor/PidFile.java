package backout.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Deadline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process whose number stands in a file of its folder, as service scripts do it ({@code npm run
 * service:start:daemon}). The file is a hint only: stopped is the process, and the file holds the
 * number of the new one afterwards, so that the script finds it.
 */
record PidFile(Hands hands, Plain process, Path file) implements Supervisor {
    private static final int MOST = 100;

    static PidFile of(Hands hands, Map<String, String> texts) {
        return new PidFile(hands, Plain.of(hands, texts), Path.of(Supervisors.text(texts, "file")));
    }

    /** The number in a file, where it is one. */
    static Optional<Integer> number(Hands hands, Path file) {
        return hands.host()
                .read(file, MOST)
                .map(bytes -> new String(bytes, UTF_8).strip())
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    /** A file of that folder with the number of one of these processes. */
    static Optional<Path> naming(Hands hands, Path home, List<Processes.One> tree) {
        return Stream.of("", "logs", "run", "tmp/pids")
                .map(home::resolve)
                .filter(hands.host()::isFolder)
                .flatMap(folder ->
                        hands.host().list(folder).stream()
                                .filter(entry -> entry.kind() == Host.Kind.FILE)
                                .map(Host.Entry::name)
                                .filter(name -> name.endsWith(".pid"))
                                .map(folder::resolve))
                .filter(file ->
                        number(hands, file)
                                .filter(pid -> tree.stream().anyMatch(one -> one.pid() == pid))
                                .isPresent())
                .findFirst();
    }

    @Override
    public Phrase says() {
        return Phrase.of("{0}, whose number is in {1}", process.says(), file);
    }

    @Override
    public Map<String, String> texts() {
        var texts = new HashMap<>(process.texts());
        texts.put("kind", "pid-file");
        texts.put("file", file.toString());
        return texts;
    }

    @Override
    public Sight look() {
        return process.look();
    }

    @Override
    public List<Problem> against() {
        return process.against();
    }

    @Override
    public PidFile keepIn(Path room) {
        return new PidFile(hands, process.keepIn(room), file);
    }

    @Override
    public void stop(Deadline by) {
        process.stop(by);
        hands.told(hands.run(Hands.SHORT, List.of("rm", "-f", "--", file.toString())));
    }

    @Override
    public PidFile start(Path folder, Deadline by) {
        Plain now = process.start(folder, by);
        Path there = Path.of(Kept.moved(file.toString(), process.home(), now.home()));
        String number = now.texts().getOrDefault("process", "").replaceFirst("@.*", "");
        hands.told(
                hands.run(
                        Integer.parseInt(now.texts().getOrDefault("user", "0")),
                        Hands.SHORT,
                        Map.of(),
                        List.of(
                                "sh",
                                "-c",
                                "printf %s \"$2\" >\"$1\"",
                                "sh",
                                there.toString(),
                                number)));
        return new PidFile(hands, now, there);
    }

    @Override
    public List<String> stopLines() {
        var lines = new ArrayList<>(process.stopLines());
        lines.add("rm -f " + Command.typed(List.of(file.toString())));
        return lines;
    }

    @Override
    public List<String> startLines(Path folder) {
        String own = Command.typed(List.of(Kept.moved(file.toString(), process.home(), folder)));
        String words = "echo $$ >" + own + "; exec " + process.command(folder);
        return process.startLines(folder, Command.typed(List.of("sh", "-c", words)));
    }
}
