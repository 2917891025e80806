package backout.chat.discord;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.Signatures;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How Discord signs: Ed25519 over the time stamp and the body:
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint
 */
record DiscordProof(PublicKey key) implements Signatures.Proof {
    private static final String ALGORITHM = "Ed25519";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{128}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    /** Before the 32 bytes of a key, for Java to read them: RFC 8410, section 4. */
    private static final String SPKI = "302a300506032b6570032100";

    /**
     * @param hex as the application's page shows it
     * @param where it stands, for people
     */
    static DiscordProof of(String hex, String where) {
        if (!KEY.matcher(hex).matches()) {
            throw notOne(where);
        }
        try {
            var spec = new X509EncodedKeySpec(HexFormat.of().parseHex(SPKI + hex));
            return new DiscordProof(KeyFactory.getInstance(ALGORITHM).generatePublic(spec));
        } catch (GeneralSecurityException e) {
            throw notOne(where);
        }
    }

    private static ProblemException notOne(String where) {
        return Problem.stop(
                Phrase.of("this is no public key: it has 64 digits, 0 to 9 and a to f"),
                where,
                Phrase.of("copy it from the application's page (General Information, Public Key)"));
    }

    @Override
    public Pattern form() {
        return FORM;
    }

    @Override
    public boolean holds(String timestamp, String signature, byte[] body) {
        try {
            var check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(timestamp.getBytes(UTF_8));
            check.update(body);
            return check.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException e) {
            // bytes that are no signature at all
            return false;
        }
    }
}
