package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What steps say of themselves while they are at work. */
class LiveProgressTest {
    private static final RunId RUN = new RunId("7F3KQ");

    @Test
    void the_latest_word_counts_until_the_step_ends() {
        var live = new LiveProgress();
        assertThat(live.saying()).isEmpty();
        live.say(RUN, 0, Phrase.verbatim("begun"), OptionalInt.empty());
        live.say(RUN, 0, Phrase.verbatim("3 of 7"), OptionalInt.of(42));
        assertThat(live.saying()).containsExactly(RUN);
        assertThat(live.of(RUN).map(word -> word.step() + ": " + word.says()))
                .contains("0: 42 %, 3 of 7");
        live.end(RUN);
        assertThat(live.of(RUN)).isEmpty();
    }

    @Test
    void a_run_says_only_what_its_step_at_work_says_and_journals_none_of_it() {
        var seen = new ArrayList<String>();
        var runners = new ArrayList<Runner>();
        var drive =
                new Drive(
                        Scenario.all().getFirst(),
                        where ->
                                runners.stream()
                                        .map(runner -> runner.live().of(Drive.ID))
                                        .flatMap(Optional::stream)
                                        .forEach(word -> seen.add(where + ": " + word.says())));
        drive.ask();
        var process = drive.process();
        boolean over = false;
        while (!over) {
            runners.clear();
            runners.add(drive.runner(process));
            switch (runners.getFirst().drive(Drive.ID)) {
                case Parked.Until(var until, int _) -> drive.answer(until);
                case Parked.Over _, Parked.Elsewhere _, Parked.Halted _ -> over = true;
            }
        }
        assertThat(seen)
                .contains("before sim.pull: sim.pull is at it", "after sim.pull: sim.pull is at it")
                .allMatch(said -> said.contains("step-") || said.matches(".*( sim\\.\\w+):\\1 .*"));
        assertThat(drive.run().outcome()).isPresent();
        assertThat(List.of(drive.run().events()).toString()).doesNotContain("is at it");
    }
}
