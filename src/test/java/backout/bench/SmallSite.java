package backout.bench;

import backout.fixture.ComposeSite;
import backout.fixture.Engine;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.story.Relay;

/** One real compose project of the stories' small service, with images of its own. */
record SmallSite(RelayImages images, Relay relay) {
    /** Runs the good release. */
    static SmallSite make(Leavings leavings) {
        Engine engine = Engine.ofThisMachine();
        RelayImages images = leavings.add(new RelayImages(engine));
        var site = new ComposeSite(engine, images.of(Release.GOOD), images.redis());
        Relay relay = leavings.add(new Relay(site, images, "unix:///var/run/docker.sock"));
        site.up();
        site.awaitHealthy();
        return new SmallSite(images, relay.provenGood(Release.GOOD));
    }
}
