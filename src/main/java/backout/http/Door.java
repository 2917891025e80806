package backout.http;

import okhttp3.OkHttpClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;

import javax.net.SocketFactory;

/**
 * Where every connection goes, whatever the address asked for: the name in it is looked up by
 * nobody here, and is sent as it is.
 */
final class Door extends SocketFactory {
    private final InetSocketAddress door;

    private Door(InetSocketAddress door) {
        this.door = door;
    }

    static OkHttpClient before(OkHttpClient client, InetSocketAddress door) {
        byte[] any = InetAddress.getLoopbackAddress().getAddress();
        return client.newBuilder()
                .dns(name -> List.of(InetAddress.getByAddress(name, any)))
                .socketFactory(new Door(door))
                .build();
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress asked, int timeout) throws IOException {
                super.connect(door, timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
            throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
            throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        Socket socket = createSocket();
        socket.connect(door);
        return socket;
    }
}
