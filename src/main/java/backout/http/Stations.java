package backout.http;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Protocol;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;

/** How far a call came: whose fault a failure is depends on it. */
final class Stations extends EventListener {
    private volatile boolean resolved;
    private volatile boolean connected;
    private volatile @Nullable InetAddress address;

    /** Whether there is an address, fixed or looked up. */
    boolean resolved() {
        return resolved;
    }

    boolean connected() {
        return connected;
    }

    /** Between us and a loopback address there is no network that could be at fault. */
    boolean loopback() {
        InetAddress tried = address;
        return tried != null && tried.isLoopbackAddress();
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> inetAddressList) {
        resolved = true;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress inetSocketAddress, Proxy proxy) {
        resolved = true;
        address = inetSocketAddress.getAddress();
    }

    /** TCP is there, TLS begins. */
    @Override
    public void secureConnectStart(Call call) {
        connected = true;
    }

    @Override
    public void connectEnd(
            Call call,
            InetSocketAddress inetSocketAddress,
            Proxy proxy,
            @Nullable Protocol protocol) {
        connected = true;
    }
}
