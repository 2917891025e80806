package backout.archive;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bot's own age key. Its file is what {@code age-keygen} writes, so {@code age -d -i FILE}
 * opens everything without the bot.
 */
public final class AgeKey {
    private static final String SECRET = "AGE-SECRET-KEY-1";
    private static final Logger log = LoggerFactory.getLogger(AgeKey.class);
    private static final String PUBLIC = "# public key: ";

    private final String recipient;
    private final String identity;

    private AgeKey(String recipient, String identity) {
        this.recipient = recipient;
        this.identity = identity;
    }

    /**
     * Makes the file, mode 0600, when there is none; two processes that do so at once end with the
     * same key. The log tells when that was not the first key: see {@link LostKey}.
     */
    public static AgeKey loadOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                Optional<Phrase> lost = LostKey.warning(file);
                create(file);
                lost.ifPresent(what -> log.warn("a new key is made: {}", what));
            }
            return load(file);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(
                    file,
                    Phrase.of(
                            "the key of the encrypted artifacts cannot be made: {0}", Cause.of(e)));
        }
    }

    public static AgeKey load(Path file) {
        try {
            refuseOthers(file);
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            return new AgeKey(
                    line(lines, PUBLIC, file).substring(PUBLIC.length()),
                    line(lines, SECRET, file));
        } catch (IOException e) {
            throw unusable(
                    file,
                    Phrase.of(
                            "the key of the encrypted artifacts cannot be read: {0}",
                            e.getClass().getSimpleName()));
        }
    }

    /**
     * Closing it ends the age file and closes {@code out}; an age file that was not closed cannot
     * be read.
     */
    OutputStream encrypting(OutputStream out) throws IOException {
        try {
            var writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
            return Channels.newOutputStream(
                    new StandardEncryptingChannelFactory()
                            .newEncryptingChannel(Channels.newChannel(out), List.of(writer)));
        } catch (GeneralSecurityException e) {
            throw new IOException("age cannot encrypt: " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * @throws IOException here or while reading, when the file is for another key or was changed
     */
    InputStream decrypting(InputStream in) throws IOException {
        try {
            var reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
            return Channels.newInputStream(
                    new StandardDecryptingChannelFactory()
                            .newDecryptingChannel(Channels.newChannel(in), List.of(reader)));
        } catch (GeneralSecurityException e) {
            throw new IOException("age cannot decrypt: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Whether an age file was sealed for this key; reads its beginning. */
    boolean opens(InputStream in) throws IOException {
        try {
            var _ = decrypting(in).read();
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Sixteen hexadecimal digits by which a text is known again; without the key nobody can try
     * which text it was.
     */
    public String fingerprint(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(identity.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] all = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "AgeKey[***]";
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        String text = PUBLIC + pair.getPublic() + "\n" + pair.getPrivate() + "\n";
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".partial");
        Durable.folder(file.toAbsolutePath().getParent());
        try (var channel = Durable.create(draft);
                var out = Channels.newOutputStream(channel)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            channel.force(true);
        }
        try {
            Files.createLink(
                    file, draft); // unlike a rename it never replaces the key of another process
        } catch (FileAlreadyExistsException _) {
            return;
        } finally {
            Files.delete(draft);
            Durable.syncFolder(file.toAbsolutePath().getParent());
        }
    }

    private static void refuseOthers(Path file) throws IOException {
        Set<PosixFilePermission> own =
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (!own.containsAll(Files.getPosixFilePermissions(file))) {
            throw unusable(
                    file,
                    Phrase.of(
                            "the key of the encrypted artifacts can be read by others. Run: chmod"
                                    + " 600 {0}",
                            file));
        }
    }

    private static String line(List<String> lines, String start, Path file) {
        return lines.stream()
                .filter(l -> l.startsWith(start))
                .findFirst()
                .orElseThrow(() ->
                        unusable(
                                file,
                                Phrase.of(
                                        "the key of the encrypted artifacts holds no line that"
                                                + " starts with \"{0}\"",
                                        start.strip())));
    }

    private static ProblemException unusable(Path file, Phrase what) {
        return Problem.stop(
                what,
                file.toString(),
                Phrase.of(
                        "Put the right key file back; without it what was encrypted to it"
                                + " is lost"));
    }
}
