package backout.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;

/**
 * Time zones by the names that calendars have for them: the IANA's, and those of Windows as the
 * CLDR maps them (windowsZones, territory 001), which Outlook writes also where the file does not
 * define them.
 */
final class Zones {
    private static final Properties WINDOWS = windows();

    private Zones() {}

    private static Properties windows() {
        var names = new Properties();
        try (InputStream in = Zones.class.getResourceAsStream("windows-zones.properties")) {
            names.load(Objects.requireNonNull(in, "windows-zones.properties is missing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** Empty where nobody knows it. */
    static Optional<TimeZone> named(String name) {
        String plain = name.strip().replaceFirst("^/", "");
        String key = plain.toLowerCase(Locale.ROOT).replace(' ', '-');
        try {
            return Optional.of(TimeZone.getTimeZone(ZoneId.of(WINDOWS.getProperty(key, plain))));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
