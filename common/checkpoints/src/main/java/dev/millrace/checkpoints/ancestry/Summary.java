package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.VersionName;
import java.util.Optional;

/**
 * What a version and all its ancestors come to, in one small object of the bucket. It follows from their manifests alone, so
 * whoever makes it makes the same, and it never changes. One is made only where an audit of these manifests finds nothing wrong.
 *
 * <p>Besides the one before each names a far one, that whose number lacks its own lowest bit (Fenwick 1994, "A new data structure
 * for cumulative frequency tables"). By these the first is some ten steps away from the thousandth, and any other some fifty.
 *
 * @param version the last version that it covers
 * @param manifestSha256 of that version's manifest, as it lies in the bucket
 * @param number 1 for the first of a lineage, each other's is one more than that of the one before
 * @param totals of all versions that it covers, from the base on
 * @param before the one before; empty for the first
 * @param far the far one; empty where that would have the number 0
 */
public record Summary(
        String version,
        String manifestSha256,
        int number,
        Totals totals,
        Optional<SummaryLink> before,
        Optional<SummaryLink> far) {
    /** There is one for each so many versions. */
    public static final int EVERY = 256;

    /** Refuses what does not fit together with an IllegalArgumentException that names the component. */
    public Summary {
        if (!isDue(version)) {
            throw new IllegalArgumentException("version: no summary is due there");
        }
        if (number < 1) {
            throw new IllegalArgumentException("number: less than 1");
        }
        if (numberOf(before) != number - 1) {
            throw new IllegalArgumentException("before: not number " + (number - 1));
        }
        if (numberOf(far) != far(number)) {
            throw new IllegalArgumentException("far: not number " + far(number));
        }
    }

    /** Whether there is to be one up to this version: where its sequence number is a multiple of {@link #EVERY}, the base's not. */
    public static boolean isDue(final String version) {
        return VersionName.parse(version)
                .filter(name -> name.sequence() > 0 && name.sequence() % EVERY == 0)
                .isPresent();
    }

    /** The number of the far one of the one of this number; 0 for none. */
    static int far(final int number) {
        return number & number - 1;
    }

    /** The next step towards the oldest one that covers the versions of this sequence number; empty where this is it. */
    Optional<SummaryLink> toward(final long sequence) {
        return far.filter(link -> link.reaches(sequence)).or(() -> before.filter(link -> link.reaches(sequence)));
    }

    private static int numberOf(final Optional<SummaryLink> link) {
        return link.map(SummaryLink::number).orElse(0);
    }
}
