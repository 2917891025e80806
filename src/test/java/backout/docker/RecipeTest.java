package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;

final class RecipeTest {
    private static final String ID = "0123456789ab" + "c".repeat(52);
    private static final String VOLUME = "f".repeat(64);
    private static final ApiVersion OLD_API = new ApiVersion(1, 41);
    private static final ApiVersion NEW_API = new ApiVersion(1, 44);
    private static final SwapOrder ORDER =
            new SwapOrder(
                    "op1",
                    "web",
                    "sha256:" + "a".repeat(64),
                    "app:1@sha256:" + "b".repeat(64),
                    Map.of("com.docker.compose.config-hash", "new"));

    @Test
    void the_environment_of_the_old_image_is_left_behind_and_the_users_is_kept() {
        var body =
                body(
                        """
                        {"Config": {"Env": ["PATH=/bin", "VERSION=2", "LEVEL=user", "TOKEN=x"]}}\
                        """,
                        """
                        {"Env": ["PATH=/bin", "VERSION=2", "LEVEL=image"]}\
                        """);

        assertThat(Json.texts(body.path("Env"))).containsExactly("LEVEL=user", "TOKEN=x");
    }

    @Test
    void an_inherited_entrypoint_and_command_are_left_to_the_new_image() {
        var start = "{\"Entrypoint\": [\"/app\"], \"Cmd\": [\"serve\"]}";

        var body = body("{\"Config\": " + start + "}", start);

        assertThat(body.has("Entrypoint")).isFalse();
        assertThat(body.has("Cmd")).isFalse();
    }

    @Test
    void a_command_of_the_users_own_is_kept() {
        var body =
                body(
                        "{\"Config\": {\"Entrypoint\": [\"/app\"], \"Cmd\": [\"work\"]}}",
                        "{\"Entrypoint\": [\"/app\"], \"Cmd\": [\"serve\"]}");

        assertThat(body.has("Entrypoint")).isFalse();
        assertThat(Json.texts(body.path("Cmd"))).containsExactly("work");
    }

    @Test
    void beside_an_entrypoint_of_the_users_own_a_command_equal_to_the_images_is_kept() {
        var body =
                body(
                        "{\"Config\": {\"Entrypoint\": [\"/init\"], \"Cmd\": [\"serve\"]}}",
                        "{\"Entrypoint\": [\"/app\"], \"Cmd\": [\"serve\"]}");

        assertThat(Json.texts(body.path("Entrypoint"))).containsExactly("/init");
        assertThat(Json.texts(body.path("Cmd"))).containsExactly("serve");
    }

    @Test
    void an_entrypoint_that_the_user_took_away_stays_away() {
        var body =
                body(
                        "{\"Config\": {\"Entrypoint\": null, \"Cmd\": [\"sh\"]}}",
                        "{\"Entrypoint\": [\"/app\"], \"Cmd\": [\"sh\"]}");

        assertThat(Json.texts(body.path("Entrypoint"))).containsExactly("");
        assertThat(Json.texts(body.path("Cmd"))).containsExactly("sh");
    }

    @Test
    void plain_values_are_kept_only_where_they_differ_from_the_images() {
        var body =
                body(
                        """
                        {"Config": {"WorkingDir": "/app", "User": "me", "StopSignal": "SIGQUIT", "StopTimeout": 3,
                         "OnBuild": ["x"], "Domainname": "example.org"}}\
                        """,
                        """
                        {"WorkingDir": "/app", "User": "root", "StopSignal": "SIGQUIT"}\
                        """);

        assertThat(body.has("WorkingDir")).isFalse();
        assertThat(body.has("StopSignal")).isFalse();
        assertThat(body.has("OnBuild")).isFalse();
        assertThat(Json.text(body, "User")).isEqualTo("me");
        assertThat(body.path("StopTimeout").asInt(0)).isEqualTo(3);
        assertThat(Json.text(body, "Domainname")).isEqualTo("example.org");
    }

    @Test
    void a_health_check_is_subtracted_field_by_field() {
        var image =
                """
                {"Healthcheck": {"Test": ["CMD", "old-check"], "Interval": 30, "Retries": 3}}\
                """;

        var own =
                body(
                        """
                        {"Config": {"Healthcheck": {"Test": ["CMD", "old-check"], "Interval": 5, "Retries": 3}}}\
                        """,
                        image);
        var inherited = body("{\"Config\": " + image + "}", image);
        var off = body("{\"Config\": {\"Healthcheck\": {\"Test\": [\"NONE\"]}}}", image);

        assertThat(own.path("Healthcheck")).isEqualTo(Json.parse("{\"Interval\": 5}"));
        assertThat(inherited.has("Healthcheck")).isFalse();
        assertThat(off.path("Healthcheck")).isEqualTo(Json.parse("{\"Test\": [\"NONE\"]}"));
    }

    @Test
    void labels_of_the_image_go_the_users_stay_and_the_orders_win() {
        var body =
                body(
                        """
                        {"Config": {"Labels": {"version": "2", "team": "mine", "com.docker.compose.config-hash": "old",
                         "backout.op": "op0"}}}\
                        """,
                        """
                        {"Labels": {"version": "2", "team": "image's"}}\
                        """);

        assertThat(Json.map(body.path("Labels")))
                .isEqualTo(
                        Map.of(
                                "team",
                                "mine",
                                "com.docker.compose.config-hash",
                                "new",
                                "backout.op",
                                "op1"));
    }

    /** What each field of the order's own keeps, where the old image says just the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Env.LEVEL           | Env          | [\"LEVEL=same\"]",
                "User                | User         | \"me\"",
                "WorkingDir          | WorkingDir   | \"/app\"",
                "StopSignal          | StopSignal   | \"SIGQUIT\"",
                "Cmd                 | Cmd          | [\"serve\"]",
                "Entrypoint          | Entrypoint   | [\"/app\"]",
                "Entrypoint          | Cmd          | [\"serve\"]",
                "Healthcheck.Retries | Healthcheck  | {\"Retries\": 3}",
                "ExposedPorts.7/tcp  | ExposedPorts | {\"7/tcp\": {}}",
                "Volumes./data       | Volumes      | {\"/data\": {}}"
            })
    void what_the_user_gave_is_kept_also_where_the_old_image_says_the_same(
            String own, String field, String kept) {
        var same =
                """
                {"Env": ["PATH=/bin", "LEVEL=same"], "User": "me", "WorkingDir": "/app", "StopSignal": "SIGQUIT",
                 "Cmd": ["serve"], "Entrypoint": ["/app"], "Healthcheck": {"Test": ["CMD", "x"], "Retries": 3},
                 "ExposedPorts": {"7/tcp": {}, "8/tcp": {}}, "Volumes": {"/data": {}, "/other": {}}}\
                """;

        var config =
                RecipeConfig.of(whole("{\"Config\": " + same + "}"), Json.parse(same), Set.of(own));

        assertThat(config.path(field)).isEqualTo(Json.parse(kept));
    }

    @Test
    void the_image_is_the_one_of_the_order() {
        var body = body("{\"Config\": {\"Image\": \"app:2\", \"Labels\": null}}", "{}");

        assertThat(Json.text(body, "Image")).isEqualTo(ORDER.imageName());
    }

    @Test
    void an_anonymous_volume_is_mounted_again_by_its_name() {
        var body =
                body(
                        """
                        {"Config": {"Volumes": {"/data": {}, "/cache": {}, "/named/": {}}},
                         "HostConfig": {"Binds": ["store:/named:rw", "/etc/app:/etc/app:ro,z"]},
                         "Mounts": [
                          {"Type": "volume", "Name": "VOLUME", "Destination": "/data", "RW": true},
                          {"Type": "volume", "Name": "store", "Destination": "/named", "RW": true},
                          {"Type": "bind", "Source": "/etc/app", "Destination": "/etc/app", "RW": false}]}\
                        """
                                .replace("VOLUME", VOLUME),
                        "{\"Volumes\": {\"/data\": {}}}");

        assertThat(Json.texts(body.path("HostConfig").path("Binds")))
                .containsExactly("store:/named:rw", "/etc/app:/etc/app:ro,z");
        assertThat(body.path("HostConfig").path("Mounts").path(0))
                .isEqualTo(
                        Json.parse(
                                "{\"Type\": \"volume\", \"Source\": \"%s\", \"Target\": \"/data\"}"
                                        .formatted(VOLUME)));
        assertThat(body.path("Volumes").propertyNames()).containsExactly("/cache");
    }

    @Test
    void a_mount_that_names_no_volume_gets_the_one_that_was_made_for_it() {
        var body =
                body(
                        """
                        {"HostConfig": {"Binds": null, "Mounts": [
                          {"Type": "volume", "Target": "/data", "VolumeOptions": {"Subpath": "a", "Unknown": 1}},
                          {"Type": "tmpfs", "Target": "/run", "TmpfsOptions": {"SizeBytes": 1024}}]},
                         "Mounts": [{"Type": "volume", "Name": "VOLUME", "Destination": "/data", "RW": true}]}\
                        """
                                .replace("VOLUME", VOLUME),
                        "{}");

        var host = body.path("HostConfig");
        assertThat(Json.text(host.path("Mounts").path(0), "Source")).isEqualTo(VOLUME);
        assertThat(host.path("Mounts").path(0).path("VolumeOptions"))
                .isEqualTo(Json.parse("{\"Subpath\": \"a\", \"Unknown\": 1}"));
        assertThat(host.path("Mounts").path(1).path("TmpfsOptions").path("SizeBytes").asInt(0))
                .isEqualTo(1024);
        assertThat(host.path("Binds").isNull()).isTrue();
    }

    @Test
    void what_the_host_configuration_says_is_kept_also_when_nobody_here_knows_it() {
        var host =
                """
                {"NetworkMode": "bridge", "RestartPolicy": {"Name": "always", "MaximumRetryCount": 0}, "Init": true,
                 "MaskedPaths": [], "ReadonlyPaths": null, "DeviceRequests": [{"Count": -1}], "FromTheFuture": {"x": 1},
                 "PortBindings": {}}\
                """;

        var body = body("{\"HostConfig\": " + host + "}", "{}");

        assertThat(body.path("HostConfig")).isEqualTo(Json.parse(host));
    }

    @Test
    void a_published_port_is_exposed_even_where_the_image_exposed_it() {
        var body =
                body(
                        """
                        {"Config": {"ExposedPorts": {"80/tcp": {}, "81/tcp": {}, "9/udp": {}, "/tcp": {}}},
                         "HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}}}\
                        """,
                        """
                        {"ExposedPorts": {"80/tcp": {}, "81/tcp": {}}}\
                        """);

        assertThat(body.path("ExposedPorts").propertyNames())
                .containsExactlyInAnyOrder("80/tcp", "9/udp");
    }

    @Test
    void a_host_name_that_the_engine_gave_is_not_kept_and_the_users_is() {
        var given = body("{\"Config\": {\"Hostname\": \"0123456789ab\"}}", "{}");
        var own = body("{\"Config\": {\"Hostname\": \"db1\"}}", "{}");

        assertThat(given.has("Hostname")).isFalse();
        assertThat(Json.text(own, "Hostname")).isEqualTo("db1");
    }

    private static final String TWO_NETWORKS =
            """
            {"HostConfig": {"NetworkMode": "front"}, "NetworkSettings": {"Networks": {
              "back": {"Aliases": ["0123456789ab", "api"], "IPAMConfig": {"IPv4Address": "10.9.0.5",
                       "LinkLocalIPs": ["169.254.1.1"]}, "IPAddress": "10.9.0.5", "MacAddress": "02:42:0a:09:00:05",
                       "DriverOpts": null, "Links": ["redis:cache"]},
              "front": {"Aliases": ["web"], "IPAMConfig": null, "GatewayPriority": 1, "GwPriority": 7}}}}\
            """;

    @Test
    void an_older_engine_gets_the_main_network_at_create_and_the_others_after_it() {
        var recipe = recipe(TWO_NETWORKS, "{}", OLD_API);

        assertThat(endpoints(recipe))
                .isEqualTo(Json.parse("{\"front\": {\"Aliases\": [\"web\"]}}"));
        assertThat(recipe.connects()).containsOnlyKeys("back");
        assertThat(recipe.connects().get("back"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"IPAMConfig": {"IPv4Address": "10.9.0.5", "LinkLocalIPs": ["169.254.1.1"]},
                                 "Links": ["redis:cache"], "Aliases": ["api"]}\
                                """));
    }

    @Test
    void a_newer_engine_gets_all_networks_at_create() {
        var recipe = recipe(TWO_NETWORKS, "{}", NEW_API);

        assertThat(endpoints(recipe).propertyNames()).containsExactly("front", "back");
        assertThat(recipe.connects()).isEmpty();
        assertThat(endpoints(recipe).path("front").has("GwPriority")).isFalse();
        var newest = recipe(TWO_NETWORKS, "{}", new ApiVersion(1, 48));
        assertThat(endpoints(newest).path("front").path("GwPriority").asInt(0)).isEqualTo(7);
    }

    @Test
    void a_chosen_mac_address_goes_where_the_engine_wants_it_and_a_given_one_nowhere() {
        var chosen =
                TWO_NETWORKS.replaceFirst(
                        "\\{", "{\"Config\": {\"MacAddress\": \"02:00:00:00:00:01\"},");

        var older = recipe(chosen, "{}", OLD_API);
        var newer = recipe(chosen, "{}", NEW_API);

        assertThat(Json.text(older.body(), "MacAddress")).isEqualTo("02:00:00:00:00:01");
        assertThat(newer.body().has("MacAddress")).isFalse();
        assertThat(Json.text(endpoints(newer).path("front"), "MacAddress"))
                .isEqualTo("02:00:00:00:00:01");
        assertThat(recipe(TWO_NETWORKS, "{}", NEW_API).body().toString()).doesNotContain("02:42");
    }

    @Test
    void the_default_bridge_gets_neither_aliases_nor_addresses() {
        var recipe =
                recipe(
                        """
                        {"HostConfig": {"NetworkMode": "default"}, "NetworkSettings": {"Networks": {
                          "bridge": {"Aliases": ["x"], "IPAMConfig": {"IPv4Address": "172.17.0.9"}}}}}\
                        """,
                        "{}",
                        OLD_API);

        assertThat(endpoints(recipe)).isEqualTo(Json.parse("{\"bridge\": {}}"));
    }

    @Test
    void a_container_taken_out_of_its_main_network_is_not_put_back_into_it() {
        var recipe = recipe(TWO_NETWORKS.replace("\"front\"}", "\"gone\"}"), "{}", OLD_API);

        assertThat(Json.text(recipe.body().path("HostConfig"), "NetworkMode")).isEqualTo("back");
        assertThat(endpoints(recipe).propertyNames()).containsExactly("back");
        assertThat(recipe.connects()).containsOnlyKeys("front");
    }

    @Test
    void in_another_containers_network_nothing_of_its_own_is_asked_for() {
        var recipe =
                recipe(
                        """
                        {"Config": {"Hostname": "other", "ExposedPorts": {"80/tcp": {}}, "MacAddress": "02:00:00:00:00:01"},
                         "HostConfig": {"NetworkMode": "container:abc"}, "NetworkSettings": {"Networks": {}}}\
                        """,
                        "{}",
                        OLD_API);

        assertThat(recipe.body().has("Hostname")).isFalse();
        assertThat(recipe.body().has("ExposedPorts")).isFalse();
        assertThat(recipe.body().has("MacAddress")).isFalse();
        assertThat(endpoints(recipe)).isEmpty();
    }

    @Test
    void the_hosts_network_needs_no_endpoint() {
        var recipe =
                recipe(
                        """
                        {"HostConfig": {"NetworkMode": "host"},
                         "NetworkSettings": {"Networks": {"host": {"Aliases": null}}}}\
                        """,
                        "{}",
                        OLD_API);

        assertThat(endpoints(recipe)).isEmpty();
        assertThat(recipe.connects()).isEmpty();
    }

    @Test
    void links_are_asked_for_in_the_form_in_which_they_are_given() {
        var body = body("{\"HostConfig\": {\"Links\": [\"/redis:/web/cache\"]}}", "{}");

        assertThat(Json.texts(body.path("HostConfig").path("Links")))
                .containsExactly("redis:cache");
    }

    @Test
    void a_recipe_does_not_print_what_it_holds() {
        var recipe = recipe("{\"Config\": {\"Env\": [\"TOKEN=hunter2\"]}}", "{}", OLD_API);

        assertThat(recipe.toString()).doesNotContain("hunter2");
    }

    private static JsonNode body(String inspected, String imageConfig) {
        return recipe(inspected, imageConfig, OLD_API).body();
    }

    private static Recipe recipe(String inspected, String imageConfig, ApiVersion api) {
        return Recipe.of(whole(inspected), Json.parse(imageConfig), ORDER, api);
    }

    private static JsonNode whole(String inspected) {
        var whole = Json.object().put("Id", ID);
        whole.set("Config", Json.object());
        whole.set("HostConfig", Json.object());
        Json.parse(inspected).properties().forEach(p -> whole.set(p.getKey(), p.getValue()));
        return whole;
    }

    private static JsonNode endpoints(Recipe recipe) {
        return recipe.body().path("NetworkingConfig").path("EndpointsConfig");
    }
}
