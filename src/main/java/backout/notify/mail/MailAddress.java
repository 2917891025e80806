package backout.notify.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** One address of a mailbox, without a name beside it. */
final class MailAddress {
    private MailAddress() {}

    /** Nothing of it may become another header, or another address. */
    static boolean isOne(String text) {
        if (!text.matches("[^\\s\\p{Cntrl}<>,;:()\"]+@[^\\s\\p{Cntrl}<>,;:()\"@]+")) {
            return false;
        }
        try {
            new InternetAddress(text, true).validate();
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    static InternetAddress of(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalStateException("loading refuses what is no address", e);
        }
    }
}
