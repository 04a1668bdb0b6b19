package dev.millrace.checkpoints.version;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a version, `v000012-3fa91c07`: a sequence number, and a nonce so that two trainers never mean different versions
 * by one name.
 *
 * @param sequence 0 for the base, the parent's plus one otherwise; padded to six digits, more are allowed
 * @param nonce 8 lower-case hexadecimal digits
 */
public record VersionName(long sequence, String nonce) {
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern NAME = Pattern.compile("v(\\d{6,18})-([0-9a-f]{8})");

    /** Oldest first: names of another form before all, then by sequence number, equal ones by nonce. */
    public static final Comparator<String> OLDEST_FIRST = Comparator.<String>comparingLong(
                    name -> parse(name).map(VersionName::sequence).orElse(-1L))
            .thenComparing(Comparator.naturalOrder());

    /** Refuses values out of range with an IllegalArgumentException that names the component. */
    public VersionName {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence: negative");
        }
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("nonce: not 8 hexadecimal digits");
        }
    }

    /** Reads a name; empty when it is of another form. */
    public static Optional<VersionName> parse(final String name) {
        final Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new VersionName(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** The name after this one. */
    public VersionName next(final String nextNonce) {
        return new VersionName(sequence + 1, nextNonce);
    }

    @Override
    public String toString() {
        return "v%06d-%s".formatted(sequence, nonce);
    }
}
