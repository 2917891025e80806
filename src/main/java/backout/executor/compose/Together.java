package backout.executor.compose;

import backout.language.Phrase;
import backout.plan.Kin;
import backout.plan.Plan;
import backout.plan.Release;
import backout.problem.ProblemException;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The other targets whose services a choice moves: what moves together is judged together. */
record Together(List<Kin> kin) {
    /** Whether one file of theirs may name the images of both. */
    static boolean isPossible(backout.plan.Target one, backout.plan.Target other) {
        return one.host().equals(other.host())
                && one.settings().text("project").equals(other.settings().text("project"));
    }

    /** Why this must not be chosen; empty where nothing is against it. */
    List<Phrase> objections(List<Member> members) {
        return each(
                members,
                (one, member) ->
                        one.objection(member.image(), name(one, member.image(), member)).stream());
    }

    /** What whoever wants it all the same is told. */
    List<Phrase> told(List<Member> members) {
        return Stream.concat(
                        objections(members).stream(),
                        each(members, (one, _) -> Stream.concat(lock(one), run(one))).stream())
                .toList();
    }

    private static Stream<Phrase> lock(Kin one) {
        return one.ledger().lock().stream()
                .map(lock ->
                        lock.isOfRun()
                                ? Phrase.of(
                                        "{0} goes along: it is locked by {1} with run {2}; this"
                                                + " renews it",
                                        one.target().name(), lock.by(), lock.run())
                                : Phrase.of(
                                        "{0} goes along: it is locked by {1}; this renews it",
                                        one.target().name(), lock.by()));
    }

    private static Stream<Phrase> run(Kin one) {
        return one.run().stream()
                .map(run ->
                        Phrase.of(
                                "{0} goes along: its run {1} waits; whichever switches first, the"
                                        + " other is planned anew",
                                one.target().name(), run));
    }

    /**
     * @throws ProblemException where a run that moves the same is at work
     */
    void mustBeFree(List<Member> members) {
        var red =
                each(members, (one, _) -> Stream.of(one)).stream()
                        .filter(Kin::isAtWork)
                        .map(one -> Kin.atWork(one.run().orElse(""), one.target().name()))
                        .toList();
        if (!red.isEmpty()) {
            throw new ProblemException(red);
        }
    }

    List<Plan.Along> along(List<Member> members) {
        return each(
                members,
                (one, member) -> {
                    String from = member.container().imageId();
                    Phrase image = Phrase.verbatim(member.container().image());
                    Phrase wanted = Phrase.verbatim(member.choice().source());
                    return Stream.of(
                            new Plan.Along(
                                    one.target().name(),
                                    new Plan.Shown(from, name(one, from, member), image),
                                    new Plan.Shown(
                                            member.image(),
                                            name(one, member.image(), member),
                                            wanted)));
                });
    }

    private <T> List<T> each(List<Member> members, BiFunction<Kin, Member, Stream<T>> say) {
        return members.stream()
                .filter(member -> !member.isThereAlready() && !member.isDown())
                .flatMap(member ->
                        kin.stream()
                                .filter(one -> isOf(one, member))
                                .flatMap(one -> say.apply(one, member)))
                .toList();
    }

    private static boolean isOf(Kin one, Member member) {
        return one.target().settings().text("service").equals(member.service());
    }

    private static String name(Kin one, String identity, Member member) {
        return one.ledger()
                .release(identity)
                .map(Release::name)
                .orElseGet(() ->
                        identity.equals(member.image())
                                ? member.choice().release().name()
                                : member.container().image());
    }
}
