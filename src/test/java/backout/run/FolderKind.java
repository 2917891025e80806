package backout.run;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases that are folders, and a link to the one that is served: as small as a kind can be. */
record FolderKind(Path home, Probe http, InstantSource clock) implements Executor {
    private Path current() {
        return home.resolve("current");
    }

    private Path next() {
        return home.resolve("next");
    }

    private String served() {
        try {
            return Files.readSymbolicLink(current()).getFileName().toString();
        } catch (IOException e) {
            throw failed("nobody can tell what is served", e);
        }
    }

    private static ProblemException failed(String what, IOException why) {
        return Problem.stop(
                Phrase.verbatim(what + ": " + Cause.of(why)), Phrase.of("look at the folder"));
    }

    @Override
    public Outlook look(Request request, Deadline by) {
        return new Seen(this, request, request.ledger().shown(served(), "releases/" + served()));
    }

    private record Seen(FolderKind kind, Request request, Plan.Shown from)
            implements Outlook, Releases {
        @Override
        public Releases releases() {
            return this;
        }

        @Override
        public Had again(Release release) {
            return find(release.id())
                    .orElseThrow(() ->
                            Problem.stop(
                                    Phrase.of("{0} is gone", release.source()),
                                    Phrase.of("name another release")));
        }

        @Override
        public Optional<Had> find(String text) {
            String source = "releases/" + text;
            Release release =
                    request.ledger()
                            .release(text)
                            .orElseGet(() ->
                                    Release.found(text, source, text, text, kind.clock.instant()));
            return Optional.of(new Had(release, source, text, true))
                    .filter(_ -> Files.isDirectory(kind.home.resolve(source)));
        }

        @Override
        public Draft draft(Chosen choice) {
            Step link =
                    new Step(
                            "folder.link",
                            request.target().name(),
                            Phase.SWITCH,
                            from.identity(),
                            choice.identity(),
                            Map.of(),
                            Phrase.of("serve {0}", choice.source()));
            return Draft.of(choice, List.of(link));
        }
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return served().equals(plan.from().identity())
                ? List.of()
                : List.of(Phrase.of("{0} is served now", served()));
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("folder.link", new Link());
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return new Probes() {
            @Override
            public Reading look(Subject filled, Duration deadline) {
                return http.look(filled, deadline);
            }

            @Override
            public String running() {
                return served();
            }
        };
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        return Optional.of(new Running(served(), "releases/" + served(), served(), served()));
    }

    private final class Link implements Move {
        @Override
        public Duration within(Step step) {
            return Duration.ofMinutes(1);
        }

        @Override
        public Present present(Step step, Work work) {
            try {
                return Files.exists(next(), LinkOption.NOFOLLOW_LINKS)
                        ? new Present.Between(Phrase.of("the link is half made"))
                        : new Present.At(served());
            } catch (ProblemException e) {
                return Present.Unknown.of(e);
            }
        }

        @Override
        public Phrase move(Step step, Work work) {
            work.requireTime();
            work.keep(new Receipt(Map.of("former", served())));
            return serve(step.to(), work);
        }

        @Override
        public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
            work.requireTime();
            return receipt.isEmpty() ? NOTHING_TO_TAKE_BACK : serve(step.from(), work);
        }

        private Phrase serve(String release, Work work) {
            try {
                Files.deleteIfExists(next());
                Files.createSymbolicLink(next(), Path.of("releases", release));
                work.requireTime();
                Files.move(next(), current(), StandardCopyOption.ATOMIC_MOVE);
                return Phrase.of("{0} is served", release);
            } catch (IOException e) {
                throw failed("the link could not be made", e);
            }
        }

        @Override
        public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
            return Phrase.of("nothing was kept");
        }

        @Override
        public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
            return List.of(Phrase.verbatim(line(step.from())));
        }

        @Override
        public Script script(Step step) {
            return new Script(List.of(), List.of(line(step.to())), List.of(line(step.from())));
        }

        private String line(String release) {
            return "cd " + home + " && rm -f next && ln -sfn releases/" + release + " current";
        }
    }
}
