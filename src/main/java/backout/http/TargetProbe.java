package backout.http;

import backout.check.Probe;
import backout.check.Secret;
import backout.host.Host;
import backout.plan.Secrets;
import backout.plan.Target;

import okhttp3.OkHttpClient;

import java.util.Optional;
import java.util.function.Function;

/** Asks targets over HTTP, from where each says. */
public final class TargetProbe {
    private final Host host;
    private final Secrets secrets;
    private final OkHttpClient http = Http.client();

    /**
     * @param host the machine of the targets
     */
    public TargetProbe(Host host, Secrets secrets) {
        this.host = host;
        this.secrets = secrets;
    }

    public Probe of(Target target) {
        Function<String, Optional<Secret>> named = name -> secrets.named(target.settings(), name);
        return isFar(target) ? new FarProbe(host, http, named) : new HttpProbe(http, named);
    }

    /** Whether it is asked from its own machine, which is another than the bot's. */
    static boolean isFar(Target target) {
        return !target.isHere()
                && target.settings().textIfAny("from").filter("host"::equals).isPresent();
    }
}
