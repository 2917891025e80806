package backout.executor.compose.traits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/** Key by key; what compose really makes is compared with in a story on the engine. */
class TraitsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode IMAGE =
            JSON.readTree(
                    """
                    {"Env": ["PATH=/bin", "LEVEL=image"], "Cmd": ["serve"], "Entrypoint": ["/start"],
                     "User": "app", "WorkingDir": "/app", "Labels": {"by": "image"},
                     "Volumes": {"/data": {}},
                     "Healthcheck": {"Test": ["CMD", "true"], "Interval": 30000000000}}
                    """);

    private static Traits files(String service) {
        var config =
                JSON.readTree(
                        """
                        {"services": {"web": %s},
                         "volumes": {"data": {"name": "shop_data"}, "other": {"name": "shop_other"}},
                         "networks": {"back": {"name": "shop_back"}},
                         "secrets": {"key": {"file": "/srv/key"}, "word": {"environment": "WORD"}}}
                        """
                                .formatted(service.replace('\'', '"')));
        return Traits.ofConfig(config, "web", Optional.of(IMAGE));
    }

    private static List<String> words(List<Trait> traits) {
        return traits.stream().map(trait -> trait.says().toString()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'environment': {'NEW': ''}} | environment NEW",
                "{'environment': {'A': '1'}} | {'environment': {'A': '2'}} | environment A",
                "{} | {'environment': {'LEVEL': 'image'}} | ``",
                "{} | {'environment': {'PATH': null}} | environment PATH",
                "{} | {'labels': {'by': 'me'}} | label by",
                "{} | {'labels': {'com.docker.compose.x': 'y'}} | ``",
                "{} | {'command': ['serve']} | ``",
                "{} | {'command': ['other']} | command",
                "{} | {'entrypoint': ['/start']} | command",
                "{} | {'entrypoint': []} | entrypoint",
                "{} | {'user': 'app', 'working_dir': '/app/'} | ``",
                "{} | {'user': '0'} | user",
                "{} | {'healthcheck': {'interval': '30s'}} | ``",
                "{} | {'healthcheck': {'interval': '1m30s'}} | healthcheck",
                "{} | {'healthcheck': {'disable': true}} | healthcheck",
                "{} | {'restart': 'no'} | ``",
                "{} | {'restart': 'always'} | restart",
                "{'restart': 'always'} | {'deploy': {'restart_policy': {'condition': 'any'}}} | ``",
                "{} | {'ports': [{'target': 80, 'published': '8080'}]} | port 80/tcp",
                "{'ports': [{'target': 80, 'host_ip': '127.0.0.1'}]} | {'ports': [{'target': 80}]}"
                        + " | port 80/tcp",
                "{} | {'volumes': [{'type': 'volume', 'target': '/data'}]} | ``",
                "{} | {'volumes': [{'type': 'volume', 'source': 'data', 'target': '/data'}]} |"
                        + " mount /data",
                "{} | {'tmpfs': ['/tmp:size=1m']} | mount /tmp",
                "{} | {'secrets': [{'source': 'key'}]} | mount /run/secrets/key",
                "{} | {'secrets': [{'source': 'word'}]} | ``",
                "{} | {'networks': {'back': null}} | network shop_back",
                "{'networks': {'back': null}} | {'networks': {'back': {'aliases': ['web', 'x']}}} |"
                        + " network shop_back",
                "{} | {'network_mode': 'service:db'} | network_mode",
                "{'mem_limit': '1048576'} | {'deploy': {'resources': {'limits': {'memory':"
                        + " '1048576'}}}} | ``",
                "{} | {'cap_add': ['NET_ADMIN']} | cap_add",
                "{'cap_add': ['A', 'CAP_B']} | {'cap_add': ['b', 'a']} | ``",
                "{} | {'depends_on': ['db'], 'image': 'x', 'profiles': ['a']} | ``"
            })
    void each_key_is_told_where_it_is_not_the_same(String now, String then, String keys) {
        List<String> expected = keys.isEmpty() ? List.of() : List.of(keys);
        assertThat(words(files(now).differing(files(then)))).isEqualTo(expected);
    }

    @Test
    void what_the_engine_or_the_client_gives_by_itself_is_no_difference() {
        Traits running =
                Traits.ofContainer(
                        JSON.readTree(
                                """
                                {"Id": "0123456789ab", "Name": "/p-web-1",
                                 "Config": {"Hostname": "0123456789ab", "User": "app",
                                   "Env": ["PATH=/bin", "LEVEL=image", "http_proxy=x", "GONE"],
                                   "Cmd": ["serve"], "Entrypoint": ["/start"], "WorkingDir": "/app",
                                   "Labels": {"by": "image", "com.docker.compose.project": "p"},
                                   "Healthcheck":
                                     {"Test": ["CMD", "true"], "Interval": 30000000000}},
                                 "HostConfig": {"NetworkMode": "shop_back", "ShmSize": 67108864,
                                   "IpcMode": "private", "Runtime": "runc",
                                   "LogConfig": {"Type": "journald", "Config": {}},
                                   "RestartPolicy": {"Name": "no"}},
                                 "Mounts": [{"Type": "volume", "Destination": "/data", "RW": true,
                                   "Name": "%s"}],
                                 "NetworkSettings": {"Networks": {"shop_back":
                                   {"Aliases": ["p-web-1", "web", "0123456789ab"]}}}}
                                """
                                        .formatted("a".repeat(64))),
                        "web");
        assertThat(words(running.differing(files("{'networks': {'back': null}}")))).isEmpty();
    }

    @Test
    void without_the_image_only_what_the_files_say_is_compared() {
        Traits running = files("{'environment': {'A': '1', 'OF_IMAGE': 'x'}, 'user': '5'}");
        var config = JSON.readTree("{\"services\": {\"web\": {\"environment\": {\"A\": \"2\"}}}}");
        Traits files = Traits.ofConfig(config, "web", Optional.empty());
        assertThat(words(running.differing(files))).containsExactly("environment A");
    }

    @Test
    void a_dollar_that_compose_writes_twice_is_one() {
        assertThat(files("{'environment': {'A': 'x$$y'}}").value(new Trait(Trait.ENVIRONMENT, "A")))
                .contains("x$y ");
    }

    @Test
    void values_are_never_printed() {
        assertThat(files("{'environment': {'A': 's3cret'}}").toString())
                .contains("A")
                .doesNotContain("s3cret");
    }
}
