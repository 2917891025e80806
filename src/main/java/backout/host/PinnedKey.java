package backout.host;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The one key that a machine may show; it never learns another. */
final class PinnedKey implements HostKeyRepository {
    private final String type;
    private final byte[] key;
    private byte @Nullable [] shown;

    private PinnedKey(String type, byte[] key) {
        this.type = type;
        this.key = key;
    }

    /**
     * @param line type and key: {@code ssh-ed25519 AAAA…}
     */
    static PinnedKey of(String line) {
        List<String> words = words(line);
        return new PinnedKey(words.getFirst(), Base64.getDecoder().decode(words.get(1)));
    }

    /** Without the address that ssh-keyscan and known_hosts put before it. */
    private static List<String> words(String line) {
        List<String> words = List.of(line.strip().split("\\s+", -1));
        return words.size() > 2 && !isKey(words) ? words.subList(1, words.size()) : words;
    }

    /** Fits no machine: to see what one shows. */
    static PinnedKey none() {
        return new PinnedKey("", new byte[0]);
    }

    /** Whether somebody can be recognised by it: a type and, in base64, a key of that type. */
    static boolean isLine(String line) {
        return isKey(words(line));
    }

    private static boolean isKey(List<String> words) {
        if (words.size() < 2) {
            return false;
        }
        try {
            return typeOf(Base64.getDecoder().decode(words.get(1))).equals(words.getFirst());
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** The kinds of signature by which it can be shown; all that are safe where none is pinned. */
    String algorithms() {
        return switch (type) {
            case "" ->
                    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
                            + "rsa-sha2-512,rsa-sha2-256";
            case "ssh-rsa" -> "rsa-sha2-512,rsa-sha2-256";
            default -> type;
        };
    }

    /** What the machine showed when it was connected to last, as ssh-keyscan prints it. */
    Optional<String> shownLine() {
        return Optional.ofNullable(shown)
                .map(bytes -> typeOf(bytes) + " " + Base64.getEncoder().encodeToString(bytes));
    }

    Optional<String> shownFingerprint() {
        return Optional.ofNullable(shown).map(PinnedKey::fingerprint);
    }

    String fingerprint() {
        return fingerprint(key);
    }

    /** As {@code ssh-keygen -l} prints it. */
    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A key begins with its type, after four bytes of length (RFC 4253, section 6.6). */
    private static String typeOf(byte[] key) {
        int length = key.length < 4 ? 0 : key[3];
        return length <= 0 || length > key.length - 4
                ? ""
                : new String(key, 4, length, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Override
    public int check(String host, byte[] shownKey) {
        shown = shownKey.clone();
        if (type.isEmpty()) {
            return NOT_INCLUDED;
        }
        return MessageDigest.isEqual(key, shownKey) ? OK : CHANGED;
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, @Nullable String ofType) {
        try {
            boolean asked = !type.isEmpty() && (ofType == null || ofType.equals(type));
            return asked ? new HostKey[] {new HostKey(host, key)} : new HostKey[0];
        } catch (JSchException e) {
            return new HostKey[0];
        }
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "config/hosts.yml";
    }

    /** Nothing is trusted by itself. */
    @Override
    public void add(HostKey hostKey, UserInfo asking) {}

    @Override
    public void remove(String host, String ofType) {}

    @Override
    public void remove(String host, String ofType, byte[] removed) {}
}
