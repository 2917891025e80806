package backout.demo;

import backout.language.Phrase;
import backout.plan.TargetName;

/**
 * Method 1: a compose project with Redis beside it.
 *
 * @param automatic whether the broken release crashes
 */
record ComposeWay(
        Docker docker, Images images, SiteFiles files, RelayProject project, boolean automatic)
        implements Way {
    @Override
    public Phrase says() {
        return Phrase.of("a Docker Compose project");
    }

    @Override
    public TargetName target() {
        return new TargetName("compose", "claude-relay");
    }

    @Override
    public String settings() {
        return """
        checks:
          - GET {url}/health [BODY].components.redis.status == healthy within 60s
          - GET {url}/web [STATUS] == 200
          - GET {url}/api/v1/models as {api-key} [STATUS] == 200
        project: %s
        service: claude-relay
        url: http://%s:%d
        images: [%s]
        secrets:
          api-key: file:%s
        redis:
          address: %s:%d
          service: redis
        """
                .formatted(
                        files.name(),
                        project.host(),
                        project.port(),
                        images.repository(),
                        files.apiKey(),
                        project.host(),
                        project.redisPort());
    }

    @Override
    public String healthUrl() {
        return "http://" + project.host() + ":" + project.port() + "/health";
    }

    @Override
    public void up() {
        docker.compose(files.project(), "up", "--detach", "--quiet-pull");
    }

    @Override
    public void deployBroken() {
        SiteFiles.writing(
                () -> files.deploy(images.relay(Images.GOOD), images.relay(Images.BROKEN)));
        up();
    }

    @Override
    public boolean isBroken() {
        return health().status() == (automatic ? 0 : 500);
    }
}
