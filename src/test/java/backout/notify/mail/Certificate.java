package backout.notify.mail;

import backout.fixture.Cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of this machine that nobody signed, and whoever trusts it. */
record Certificate(SSLContext context) {
    private static final String PASSWORD = "changeit";

    /**
     * @param age since how many days it is good; it is for one year
     */
    static Certificate in(Path folder, int age) throws Exception {
        Files.createDirectories(folder);
        Path file = folder.resolve("keys.p12");
        Cli.here()
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-startdate",
                        "-" + age + "d",
                        "-validity",
                        "365",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD);
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return new Certificate(context);
    }

    SSLSocketFactory trusting() {
        return context.getSocketFactory();
    }
}
