package backout.notify.mail;

import backout.fixture.Cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for an address, by an authority that only {@link #trusting} knows. */
public record Certificate(SSLContext context) {
    private static final String PASSWORD = "changeit";

    /**
     * @param age since how many days it is good; it is for one year
     * @param address that it is for
     */
    public static Certificate in(Path folder, int age, String address) throws Exception {
        Files.createDirectories(folder);
        Path file = folder.resolve("keys.p12");
        make(file, "authority", List.of("-dname", "CN=authority", "-ext", "bc:c=ca:true"));
        make(
                file,
                "server",
                List.of(
                        "-dname",
                        "CN=server",
                        "-ext",
                        "san=ip:" + address,
                        "-startdate",
                        "-" + age + "d",
                        "-validity",
                        "365",
                        "-signer",
                        "authority"));
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(context(keys));
    }

    private static void make(Path file, String alias, List<String> options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
        command.addAll(options);
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        Cli.here().run(command.toArray(String[]::new));
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("authority", keys.getCertificate("authority"));
        keys.deleteEntry("authority");
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    SSLSocketFactory trusting() {
        return context.getSocketFactory();
    }
}
