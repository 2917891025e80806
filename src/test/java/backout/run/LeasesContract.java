package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What all leases keep to, seen by two holders at once. */
@SuppressWarnings("NullAway.Init")
public abstract class LeasesContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();
    private Leases mine;
    private Leases others;

    /** The first holder, on an empty table. */
    protected abstract Leases first(InstantSource clock);

    /** Another holder on the same table. */
    protected abstract Leases second(InstantSource clock);

    /** Ends the first holder without giving anything back, as a crash would. */
    protected abstract void killFirst();

    @BeforeEach
    void open() {
        mine = first(clock);
        others = second(clock);
    }

    @Test
    void a_free_lease_is_taken_for_a_while() {
        Lease lease = mine.take("k", MINUTE).orElseThrow();

        assertThat(lease.key()).isEqualTo("k");
        assertThat(lease.until()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void what_somebody_holds_is_not_taken() {
        assertThat(mine.take("k", MINUTE)).isPresent();
        clock.pass(MINUTE.minusMillis(1));

        assertThat(others.take("k", MINUTE)).isEmpty();
    }

    @Test
    void a_holder_does_not_take_twice_what_it_holds() {
        assertThat(mine.take("k", MINUTE)).isPresent();

        assertThat(mine.take("k", MINUTE)).isEmpty();
    }

    @Test
    void two_keys_are_two_leases() {
        assertThat(mine.take("k", MINUTE)).isPresent();

        assertThat(others.take("another", MINUTE)).isPresent();
    }

    @Test
    void what_has_run_out_is_taken_with_a_higher_token() {
        Lease old = mine.take("k", MINUTE).orElseThrow();
        clock.pass(MINUTE);

        Lease taken = others.take("k", MINUTE).orElseThrow();

        assertThat(taken.token()).isGreaterThan(old.token());
        assertThat(taken.holder()).isNotEqualTo(old.holder());
    }

    @Test
    void to_ask_whether_one_holds_it_neither_lengthens_nor_shortens_it() {
        Lease lease = mine.take("k", MINUTE).orElseThrow();
        assertThat(mine.isHeld(lease)).isTrue();
        clock.pass(MINUTE.minusMillis(1));
        assertThat(mine.isHeld(lease)).isTrue();
        assertThat(others.take("k", MINUTE)).isEmpty();

        clock.pass(Duration.ofMillis(1));
        assertThat(others.take("k", MINUTE)).isPresent();
        assertThat(mine.isHeld(lease)).isFalse();
    }

    @Test
    void a_renewed_lease_lasts_from_now_under_the_same_token() {
        Lease old = mine.take("k", MINUTE).orElseThrow();
        clock.pass(Duration.ofSeconds(50));

        Lease renewed = mine.renew(old, MINUTE).orElseThrow();

        assertThat(renewed.token()).isEqualTo(old.token());
        assertThat(renewed.until()).isEqualTo(clock.instant().plus(MINUTE));
        clock.pass(Duration.ofSeconds(50));
        assertThat(others.take("k", MINUTE)).isEmpty();
    }

    @Test
    void what_ran_out_and_nobody_took_can_still_be_renewed() {
        Lease old = mine.take("k", MINUTE).orElseThrow();
        clock.pass(MINUTE.multipliedBy(2));

        assertThat(mine.renew(old, MINUTE)).isPresent();
        assertThat(others.take("k", MINUTE)).isEmpty();
    }

    @Test
    void a_lost_lease_is_not_renewed() {
        Lease lost = mine.take("k", MINUTE).orElseThrow();
        clock.pass(MINUTE);
        assertThat(others.take("k", MINUTE)).isPresent();

        assertThat(mine.renew(lost, MINUTE)).isEmpty();
    }

    @Test
    void a_released_lease_is_free_and_cannot_be_renewed() {
        Lease lease = mine.take("k", MINUTE).orElseThrow();
        mine.release(lease);

        assertThat(mine.renew(lease, MINUTE)).isEmpty();
        assertThat(others.take("k", MINUTE).map(Lease::token))
                .hasValueSatisfying(token -> assertThat(token).isGreaterThan(lease.token()));
    }

    @Test
    void releasing_a_lost_lease_harms_nobody() {
        Lease lost = mine.take("k", MINUTE).orElseThrow();
        clock.pass(MINUTE);
        Lease current = others.take("k", MINUTE).orElseThrow();

        mine.release(lost);

        assertThat(others.renew(current, MINUTE)).isPresent();
        assertThat(mine.take("k", MINUTE)).isEmpty();
    }

    @Test
    void what_a_dead_holder_held_is_taken_at_once() {
        Lease old = mine.take("k", MINUTE).orElseThrow();

        killFirst();

        assertThat(others.take("k", MINUTE).map(Lease::token)).contains(old.token() + 1);
    }

    @Test
    void anybody_can_tell_whether_somebody_holds_it() {
        assertThat(others.isTaken("k")).isFalse();
        Lease lease = mine.take("k", MINUTE).orElseThrow();
        assertThat(mine.isTaken("k")).isTrue();
        assertThat(others.isTaken("k")).isTrue();
        assertThat(others.isTaken("another")).isFalse();

        clock.pass(MINUTE);
        assertThat(others.isTaken("k")).isFalse();
        assertThat(mine.renew(lease, MINUTE)).isPresent();
        assertThat(others.isTaken("k")).isTrue();

        killFirst();
        assertThat(others.isTaken("k")).isFalse();
    }

    @Test
    void of_many_who_take_at_once_one_gets_it() throws Exception {
        var taken = JournalContract.atOnce(8, i -> (i % 2 == 0 ? mine : others).take("k", MINUTE));

        assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
    }
}
