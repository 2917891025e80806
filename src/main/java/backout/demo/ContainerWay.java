package backout.demo;

import backout.language.Phrase;
import backout.plan.TargetName;

import java.util.ArrayList;
import java.util.List;

/**
 * Method 2: one container that {@code docker run} made, in the network of the compose project,
 * whose Redis it uses too.
 *
 * @param user {@code UID:GID} that it runs as; empty for the image's own
 */
record ContainerWay(
        Docker docker, Images images, SiteFiles files, String name, int port, String user)
        implements Way {
    @Override
    public Phrase says() {
        return Phrase.of("a single container of docker run");
    }

    @Override
    public TargetName target() {
        return new TargetName("container", "relay-alone");
    }

    @Override
    public String settings() {
        return """
        checks:
          - GET {url}/health [BODY].components.redis.status == healthy within 60s
          - GET {url}/web [STATUS] == 200
        container: %s
        url: http://%s:%d
        images: [%s]
        """
                .formatted(name, DemoSite.LOOPBACK, port, images.repository());
    }

    @Override
    public String healthUrl() {
        return "http://" + DemoSite.LOOPBACK + ":" + port + "/health";
    }

    @Override
    public void up() {
        run(Images.GOOD);
    }

    /** As the guide says: removed, and made anew with the same parameters. */
    @Override
    public void deployBroken() {
        docker.run("rm", "--force", name);
        run(Images.BROKEN);
    }

    private void run(String version) {
        var words =
                new ArrayList<>(
                        List.of("run", "--detach", "--name", name, "--restart", "unless-stopped"));
        words.addAll(List.of("--publish", DemoSite.LOOPBACK + ":" + port + ":3000"));
        for (String folder : SiteFiles.FOLDERS) {
            words.addAll(List.of("--volume", files.alone().resolve(folder) + ":/app/" + folder));
        }
        words.addAll(List.of("--env", "REDIS_HOST=redis", "--network", files.name() + "_default"));
        if (!user.isEmpty()) {
            words.addAll(List.of("--user", user));
        }
        words.add(images.relay(version));
        docker.run(words.toArray(String[]::new));
    }
}
