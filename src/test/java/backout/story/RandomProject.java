package backout.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A compose project in a form drawn at random: where the image of {@code web} is written, what
 * stands beside it, how the files are put together. {@code {p}} and {@code {port}} as {@link Shop}
 * fills them; release 2.0 runs.
 *
 * @param files by name; {@code compose.yml} is among them
 * @param options of docker compose before its verb, which whoever deploys must type
 * @param shell what only the deploying shell knows
 * @param settings of the target
 */
record RandomProject(
        Map<String, String> files,
        List<String> options,
        Map<String, String> shell,
        String settings,
        boolean hasWorker) {
    static RandomProject of(RandomGenerator random) {
        return new Form(random).project();
    }

    private static final class Form {
        private final RandomGenerator random;
        private final Map<String, String> files = new TreeMap<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> shell = new TreeMap<>();
        private final StringBuilder env = new StringBuilder("# of the shop\nLEVEL=info\n");
        private final List<String> web = new ArrayList<>();
        private final List<String> others = new ArrayList<>();
        private String top = "";

        Form(RandomGenerator random) {
            this.random = random;
        }

        RandomProject project() {
            boolean worker = random.nextInt(3) == 0;
            String image = image();
            boolean anchored = worker && random.nextBoolean() && image.indexOf('$') < 0;
            if (anchored) {
                top = "x-image: &image " + image + "\n";
                image = "*image";
            }
            web.add("ports: [\"127.0.0.1:{port}:3000\"]");
            parts();
            if (worker) {
                others.add("worker:\n  image: " + image + "\n  environment: {PORT: '3001'}");
            }
            if (random.nextInt(3) == 0) {
                others.add("redis:\n  image: {p}/redis:7\n  environment: [PORT=3002]");
                web.add(
                        pick(
                                "depends_on: [redis]",
                                "depends_on: {redis: {condition: service_started}}",
                                "links: [redis]"));
            }
            if (random.nextInt(4) == 0) {
                others.add(
                        """
                        tool:
                          image: {p}/redis:7
                          profiles: [tools]
                          environment: [PORT=3003]\
                        """);
            }
            if (random.nextInt(5) == 0) {
                others.add(
                        """
                        side:
                          image: {p}/redis:7
                          network_mode: service:web
                          environment: [PORT=3004]\
                        """);
            }
            write(image);
            String envFile = random.nextInt(4) == 0 ? "shop.env" : ".env";
            if (!envFile.equals(".env")) {
                options.addAll(List.of("--env-file", envFile));
            }
            files.put(envFile, env.toString());
            return new RandomProject(files, options, shell, settings(), worker);
        }

        private String settings() {
            return pick("swap: auto", "swap: auto", "swap: api") + "\ndrain: 0s";
        }

        private String image() {
            return switch (random.nextInt(9)) {
                case 0 -> "{p}/web:2.0";
                case 1 -> quoted("{p}/web:2.0");
                case 2 -> {
                    env.append("TAG=2.0\n");
                    yield "{p}/web:${TAG}";
                }
                case 3 -> {
                    env.append("REGISTRY={p}\nTAG='2.0' # now\n");
                    yield quoted("${REGISTRY}/web:${TAG:-latest}");
                }
                case 4 -> {
                    env.append("IMAGE={p}/web:2.0\n");
                    yield "$IMAGE";
                }
                case 5 -> "{p}/web:${TAG:-2.0}";
                case 6 -> {
                    env.append("MINOR=0\nTAG=2.${MINOR}\n");
                    yield "{p}/web:$TAG";
                }
                case 7 -> {
                    shell.put("TAG", "2.0");
                    yield "{p}/web:${TAG}";
                }
                default -> {
                    env.append("WEB=web\n");
                    yield "{p}/${WEB}:2.0";
                }
            };
        }

        private void parts() {
            maybe("environment: {LEVEL: '${LEVEL}', COLOR: red}");
            maybe("env_file: [web.env]", "web.env", "FROM_FILE=yes\nMODE=${LEVEL}\n");
            maybe("volumes: [\"./data:/data\", \"logs:/logs\"]");
            maybe("labels: {team: shop}");
            maybe("restart: unless-stopped");
            maybe("init: true");
            maybe("user: \"0:0\"");
            maybe("hostname: shop");
            maybe("working_dir: /app");
            maybe("cap_add: [NET_ADMIN]");
            maybe("sysctls: {net.ipv4.ip_unprivileged_port_start: '0'}");
            maybe("extra_hosts: [\"up.example:10.0.0.9\"]");
            maybe("stop_grace_period: 2s");
            maybe("tmpfs: [/run]");
            maybe("shm_size: 32m");
            maybe("healthcheck: {test: [CMD, /bin/busybox, 'true'], interval: 1s, retries: 2}");
            maybe("networks: {default: {aliases: [shop-web]}}");
            if (random.nextInt(8) == 0) {
                web.add("configs: [{source: app, target: /etc/app.conf}]");
                top += "configs:\n  app: {content: 'level=${LEVEL}'}\n";
            }
            if (random.nextInt(8) == 0) {
                web.add("secrets: [token]");
                files.put("token.txt", "s3cret");
                top += "secrets:\n  token: {file: ./token.txt}\n";
            }
        }

        private void maybe(String line) {
            if (random.nextInt(4) == 0) {
                web.add(line);
            }
        }

        private void maybe(String line, String file, String text) {
            if (random.nextInt(4) == 0) {
                web.add(line);
                files.put(file, text);
            }
        }

        /** In one file, or with an override, an extended base, an included part. */
        private void write(String image) {
            String named =
                    top
                            + (String.join("\n", web).contains("logs:/logs")
                                    ? "volumes: {logs: {}}\n"
                                    : "");
            int way = image.startsWith("*") || !top.isEmpty() ? 0 : random.nextInt(4);
            String beside = String.join("\n", others).indent(2);
            switch (way) {
                case 1 -> {
                    files.put(
                            "compose.yml",
                            named + "services:\n" + web("image: {p}/web:0.1") + beside);
                    files.put(
                            "compose.override.yml",
                            "services:\n  web:\n    image: " + image + "\n");
                }
                case 2 -> {
                    files.put("base.yml", "services:\n  app:\n    image: " + image + "\n");
                    files.put(
                            "compose.yml",
                            named
                                    + "services:\n"
                                    + web("extends: {file: base.yml, service: app}")
                                    + beside);
                }
                case 3 -> {
                    files.put(
                            "parts/web.yml",
                            named + "services:\n" + web("image: " + image) + beside);
                    files.put(
                            "compose.yml",
                            """
                            include: [{path: parts/web.yml, project_directory: .}]
                            services:
                              idle: {image: '{p}/redis:7', environment: [PORT=3005]}
                            """);
                }
                default ->
                        files.put(
                                "compose.yml",
                                named + "services:\n" + web("image: " + image) + beside);
            }
        }

        private String web(String image) {
            return "  web:\n"
                    + (image + " # the release").indent(4)
                    + String.join("\n", web).indent(4);
        }

        private String quoted(String text) {
            return pick("'" + text + "'", "\"" + text + "\"");
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
