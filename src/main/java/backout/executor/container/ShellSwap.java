package backout.executor.container;

import backout.docker.RunLine;
import backout.host.Command;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Script;

import java.util.ArrayList;
import java.util.List;

/** The exchange typed in a shell: the former container is kept, stopped, for the way back. */
record ShellSwap(SwapByRun maker, Step step, RunLine line) {
    private String container() {
        return step.need("container");
    }

    private String aside() {
        return container() + "-backout-old-script";
    }

    private String docker(String... words) {
        var argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        return maker.typed(argv);
    }

    Script script() {
        var forth = new ArrayList<>(line.secrets().stream().map(this::secret).toList());
        forth.add(docker("rename", container(), aside()));
        line.create().forEach(command -> forth.add(prefix() + command));
        forth.add(docker("update", "--restart", "no", aside()));
        forth.add(docker("stop", "--time", step.need("drain"), aside()));
        forth.add(docker("start", container()));
        forth.add(runs(step.to()));
        Script script = new Script(List.of(isThere()), forth, back());
        Script told = script.noting(Phrase.of("The same container from nothing: {0}", line.run()));
        return line.unsaid().isEmpty()
                ? told
                : told.noting(
                        Phrase.of(
                                "No option of docker run says these of it: {0}",
                                Phrase.list(line.unsaid())));
    }

    private String prefix() {
        return "DOCKER_HOST=" + Command.typed(List.of(maker.address())) + " ";
    }

    private List<String> back() {
        return List.of(
                isAside() + " || stop " + Command.typed(List.of(aside())),
                docker("rm", "--force", container()) + " > /dev/null 2>&1 || true",
                docker("rename", aside(), container()),
                docker("update", "--restart", line.restart(), container()),
                docker("start", container()),
                runs(step.from()));
    }

    private String isAside() {
        return docker("inspect", "--format", "{{.Id}}", aside()) + " > /dev/null 2>&1";
    }

    /** What is not in the environment already is taken from the container, while it is there. */
    private String secret(RunLine.Given given) {
        String format =
                "{{range .Config.Env}}{{$p := split . \"=\"}}{{if eq (index $p 0) \"%s\"}}{{slice . %d}}{{end}}{{end}}"
                        .formatted(given.name(), given.name().length() + 1);
        return "%s=${%s-$(%s)}"
                .formatted(
                        given.variable(),
                        given.variable(),
                        docker("inspect", "--format", format, container()));
    }

    private String isThere() {
        return id(step.to())
                + " > /dev/null 2>&1 || [ \"${1:-forth}\" = back ] || "
                + docker("pull", step.need("image"));
    }

    private String runs(String image) {
        return "[ \"$(%s)\" = \"$(%s)\" ] || stop %s"
                .formatted(
                        docker("inspect", "--format", "{{.Image}}", container()),
                        id(image),
                        Command.typed(List.of(container())));
    }

    private String id(String image) {
        return docker("image", "inspect", "--format", "{{.Id}}", image);
    }
}
