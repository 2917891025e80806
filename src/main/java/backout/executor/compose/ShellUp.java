package backout.executor.compose;

import backout.host.Command;
import backout.plan.Step;
import backout.run.Script;

import java.util.List;

/**
 * One container made anew by {@code docker compose up}, typed in a shell.
 *
 * @param more options of {@code up} besides the usual ones
 */
record ShellUp(ComposeCli cli, Step step, List<String> more) {
    Script script() {
        Project project = Project.of(step);
        String to = step.to();
        String from = step.from();
        List<String> back =
                from.equals(Step.NOTHING)
                        ? List.of(cli.typed(project, ComposeCli.remove(project)))
                        : List.of(up(project), runs(from));
        return new Script(List.of(isThere(to)), List.of(up(project), runs(to)), back);
    }

    private String up(Project project) {
        return cli.typed(
                project,
                ComposeCli.up(
                        project,
                        UpMove.grace(step),
                        UpMove.with(step),
                        more.toArray(String[]::new)));
    }

    private String isThere(String image) {
        return id(image)
                + " > /dev/null 2>&1 || [ \"${1:-forth}\" = back ] || "
                + cli.typed(List.of("docker", "pull", step.need("image")));
    }

    private String runs(String image) {
        String container = step.need("container");
        String running =
                cli.typed(List.of("docker", "inspect", "--format", "{{.Image}}", container));
        return "[ \"$(%s)\" = \"$(%s)\" ] || stop %s"
                .formatted(running, id(image), Command.typed(List.of(container)));
    }

    private String id(String image) {
        return cli.typed(List.of("docker", "image", "inspect", "--format", "{{.Id}}", image));
    }
}
