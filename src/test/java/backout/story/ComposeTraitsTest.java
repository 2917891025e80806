package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.executor.compose.traits.Trait;
import backout.executor.compose.traits.Traits;
import backout.fixture.Needs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/** A container that compose made of any files differs in nothing from what they say. */
class ComposeTraitsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MANY =
            """
            services:
              plain:
                image: {p}/rich:1
              over:
                image: {p}/rich:1
                command: ["serve", "a b"]
                entrypoint: ["/bin/busybox"]
                user: "1:2"
                working_dir: /srv/
                hostname: shop
                domainname: example.org
                stop_signal: SIGINT
                stop_grace_period: 1m10s
                tty: true
                stdin_open: true
                init: true
                environment: {IMAGE: own, DOLLAR: "a$$b", EMPTY: "", PATH: }
                labels: {of.image: own, "dollar": "$$x"}
                healthcheck: {interval: 1m30s, retries: 4}
                expose: ["77"]
              off:
                image: {p}/rich:1
                entrypoint: []
                command: ["/bin/busybox", "sleep", "1"]
                healthcheck: {disable: true}
                restart: on-failure:3
                network_mode: none
              shell:
                image: {p}/rich:1
                entrypoint: /bin/busybox sleep
                healthcheck: {test: exit 0, timeout: 500ms, start_period: 2s}
                restart: unless-stopped
                network_mode: host
              deployed:
                image: {p}/rich:1
                deploy:
                  restart_policy: {condition: any}
                  resources:
                    limits: {cpus: "0.25", memory: 64M, pids: 50}
                    reservations: {memory: 32M}
              limits:
                image: {p}/rich:1
                mem_limit: 50m
                mem_reservation: 20m
                cpus: 0.5
                cpu_shares: 512
                pids_limit: 40
                shm_size: 32m
                oom_score_adj: 10
                ulimits: {nofile: {soft: 100, hard: 200}, nproc: 65}
                sysctls: ["net.core.somaxconn=128"]
                logging: {driver: json-file, options: {max-size: 1m}}
                privileged: true
                read_only: true
              rights:
                image: {p}/rich:1
                cap_add: [NET_ADMIN, CAP_SYS_TIME]
                cap_drop: [mknod]
                security_opt: ["no-new-privileges:true"]
                group_add: ["44", "mail"]
                devices: ["/dev/null:/dev/one", "/dev/zero"]
                dns: 1.1.1.1
                dns_search: [a.example, b.example]
                dns_opt: [use-vc]
                extra_hosts: ["one:10.0.0.1", "six:::1", "gw:host-gateway"]
                ipc: shareable
                pid: host
              guest:
                image: {p}/rich:1
                network_mode: service:plain
                ipc: service:rights
                volumes_from: [plain]
              mounts:
                image: {p}/rich:1
                volumes:
                  - ./data/:/data
                  - ./read:/read/:ro
                  - named:/named
                  - fixed:/fixed:ro
                  - /anonymous
                  - {type: tmpfs, target: /tmpfs, tmpfs: {size: 1000000}}
                  - {type: volume, source: named, target: /again, read_only: true}
                tmpfs: ["/one", "/two:size=1m"]
                configs: [file, {source: file, target: /etc/shop.conf}]
                secrets: [file, {source: file, target: token}]
              ports:
                image: {p}/rich:1
                container_name: {p}-named
                ports:
                  - "127.0.0.1:{port}:3000"
                  - "{port}:3000/udp"
                  - "9000"
                  - {target: 9001, host_ip: "::1", mode: host}
                  - "10010-10012:10010-10012"
                networks:
                  default: {aliases: [first, second]}
                  back: {ipv4_address: 10.213.7.9, aliases: [third]}
              many:
                image: {p}/rich:1
                networks: [back, default]
                links: [plain:other]
                hostname: many-host
                env_file: many.env
            configs: {file: {file: ./file.txt}}
            secrets: {file: {file: ./file.txt}}
            volumes: {named: , fixed: {name: "{p}-fixed"}}
            networks:
              back: {ipam: {config: [{subnet: 10.213.7.0/24}]}}
            """;

    private static Shop shop;
    private static JsonNode config;

    @BeforeAll
    static void make() {
        Needs.relay();
        shop = new Shop();
        shop.image(
                "rich",
                "1",
                "good",
                "ENV IMAGE=1 DOLLAR=$$",
                "LABEL of.image=1 other=2",
                "USER 7",
                "WORKDIR /work",
                "VOLUME /of-image",
                "EXPOSE 3000 4000",
                "HEALTHCHECK --interval=30s --timeout=3s CMD exit 0");
        shop.file("compose.yml", MANY)
                .file("file.txt", "x")
                .file("many.env", "A=1\nB='$2'\nC=\"x # y\"\n");
        shop.compose("create");
        shop.compose("up", "--detach", "many");
        config = JSON.readTree(shop.compose("config", "--format", "json"));
    }

    @AfterAll
    static void remove() {
        if (shop != null) { // it was left out
            shop.compose("down", "--volumes", "--timeout", "0");
            shop.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "over",
                "off",
                "shell",
                "deployed",
                "limits",
                "rights",
                "guest",
                "mounts",
                "ports",
                "many"
            })
    void what_compose_made_differs_in_nothing(String service) {
        String name = service.equals("ports") ? shop.filled("{p}-named") : shop.container(service);
        JsonNode container = JSON.readTree(shop.engine().docker("inspect", name)).path(0);
        JsonNode image =
                JSON.readTree(shop.engine().docker("image", "inspect", shop.filled("{p}/rich:1")))
                        .path(0)
                        .path("Config");
        Traits running = Traits.ofContainer(container, service);
        Traits files = Traits.ofConfig(config, service, Optional.of(image));
        assertThat(running.differing(files)).as(() -> shown(running, files)).isEmpty();
        assertThat(running.values().size()).isGreaterThan(5);
    }

    private static String shown(Traits running, Traits files) {
        var text = new StringBuilder();
        for (Trait trait : running.differing(files)) {
            text.append(trait)
                    .append(": runs ")
                    .append(running.value(trait))
                    .append(", files ")
                    .append(files.value(trait))
                    .append('\n');
        }
        return text.toString();
    }
}
