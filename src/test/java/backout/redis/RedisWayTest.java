package backout.redis;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.HostPort;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** How a shell has Redis dump itself: the password is in no argument and in no script. */
class RedisWayTest {
    @Test
    void a_password_is_taken_from_where_it_lies_and_never_an_argument() {
        var way = new RedisWay(Optional.empty(), Optional.of("env:RELAY_REDIS"), "redis");
        assertThat(way.typed("docker", "docker ps --quiet"))
                .startsWith(
                        "export REDISCLI_AUTH=\"${RELAY_REDIS-}\"",
                        "docker exec --env REDISCLI_AUTH \"$(docker ps --quiet)\" redis-cli --rdb -"
                                + " > \"$saved/dump.rdb\" 2> \"$saved/dump.log\""
                                + " || stop \"$saved/dump.log\"");
        var file = new RedisWay(Optional.empty(), Optional.of("file:/run/it's"), "redis");
        assertThat(file.typed("docker", "true").getFirst())
                .isEqualTo("export REDISCLI_AUTH=\"$(cat '/run/it'\\''s')\"");
    }

    @Test
    void one_without_a_container_is_asked_at_its_address_and_without_a_password_by_none() {
        var way = new RedisWay(HostPort.parse("127.0.0.1:6379"), Optional.empty(), "");
        assertThat(way.typed("docker", "true").getFirst())
                .startsWith("redis-cli -h 127.0.0.1 -p 6379 --rdb - > ");
    }
}
