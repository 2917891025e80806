package backout.http;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one client of this process; whoever needs other limits derives from it. */
public final class Http {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Http() {}

    /**
     * Keeps no connection: after a switch an old one would still talk to the old release. Follows
     * no redirect, as it would take a bearer token along; tries nothing twice.
     */
    public static OkHttpClient client() {
        return new OkHttpClient.Builder()
                .callTimeout(LIMIT)
                .connectTimeout(LIMIT)
                .readTimeout(LIMIT)
                .writeTimeout(LIMIT)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
    }

    /**
     * The same client behind a door: whatever address is asked for, what answers at the door is
     * asked, in that address's name.
     */
    public static OkHttpClient through(OkHttpClient client, InetSocketAddress door) {
        return Door.before(client, door);
    }
}
