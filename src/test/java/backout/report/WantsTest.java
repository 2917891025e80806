package backout.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.plan.Freeze;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Which channel hears what. */
final class WantsTest {
    private static final List<TargetName> RELAY = List.of(TargetName.of("compose/relay"));
    private static final List<TargetName> SHOP = List.of(TargetName.of("compose/shop"));

    @Test
    void a_channel_alone_hears_everything() {
        Announced all = Announced.of("C1");
        assertThat(all.channel()).isEqualTo("C1");
        assertThat(Happening.ANNOUNCED).allMatch(what -> all.wants().hears(what, RELAY));
    }

    @Test
    void kinds_and_targets_behind_it_are_all_that_it_hears() {
        Wants wants = Announced.of("C1 outcome,  lock of compose/relay, compose/api").wants();
        assertThat(wants.hears(Happening.OUTCOME, RELAY)).isTrue();
        assertThat(wants.hears(Happening.LOCK, RELAY)).isTrue();
        assertThat(wants.hears(Happening.PROBLEM, RELAY)).isFalse();
        assertThat(wants.hears(Happening.OUTCOME, SHOP)).isFalse();
    }

    @Test
    void targets_alone_are_of_every_kind_of_event_and_a_star_is_every_target_of_a_kind() {
        Wants wants = Announced.of("C1 of compose/*").wants();
        assertThat(wants.hears(Happening.PROBLEM, SHOP)).isTrue();
        assertThat(wants.hears(Happening.PROBLEM, List.of(TargetName.of("vercel/shop")))).isFalse();
        assertThat(wants.strangers(SHOP)).isEmpty();
        assertThat(wants.strangers(List.of(TargetName.of("vercel/shop"))))
                .containsExactly("compose/*");
    }

    @Test
    void a_run_of_several_targets_is_heard_where_one_of_them_is() {
        Wants wants = Announced.of("C1 of compose/shop").wants();
        assertThat(wants.hears(Happening.OUTCOME, List.of(RELAY.getFirst(), SHOP.getFirst())))
                .isTrue();
    }

    @Test
    void what_is_about_the_whole_site_is_heard_by_who_hears_of_any_target() {
        Wants wants = Announced.of("C1 lock of compose/shop").wants();
        assertThat(wants.hears(Happening.LOCK, List.of(Freeze.SITE))).isTrue();
        assertThat(wants.hears(Happening.PROBLEM, List.of(Freeze.SITE))).isFalse();
    }

    @Test
    void a_word_that_is_no_kind_is_told_with_the_nearest() {
        assertThatThrownBy(() -> Announced.of("C1 outcomes"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("outcomes")
                .hasMessageContaining("Did you mean \"outcome\"?");
    }

    @Test
    void each_channel_is_listed_once() {
        assertThat(Announced.channels(List.of("C1 outcome", "C1 lock", "C2")))
                .containsExactly("C1", "C2");
    }
}
