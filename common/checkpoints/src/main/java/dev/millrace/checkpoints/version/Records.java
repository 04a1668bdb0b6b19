package dev.millrace.checkpoints.version;

/**
 * What became of the records between a version's parent and itself, each counted once; none is negative.
 *
 * @param trained went into the weights
 * @param heldOut kept for evaluation
 * @param duplicates seen before
 * @param setAside unusable, sent to the dead letters
 */
public record Records(long trained, long heldOut, long duplicates, long setAside) {

    /** No records at all. */
    public static final Records NONE = new Records(0, 0, 0, 0);

    /** Refuses negative counts with an IllegalArgumentException that names the component. */
    public Records {
        requireCount("trained", trained);
        requireCount("heldOut", heldOut);
        requireCount("duplicates", duplicates);
        requireCount("setAside", setAside);
    }

    /** The sum, count by count; throws ArithmeticException above 2^63 - 1. */
    public Records plus(final Records other) {
        return new Records(
                Math.addExact(trained, other.trained),
                Math.addExact(heldOut, other.heldOut),
                Math.addExact(duplicates, other.duplicates),
                Math.addExact(setAside, other.setAside));
    }

    /** What is left without a part of them; an IllegalArgumentException where it is no part. */
    public Records minus(final Records part) {
        return new Records(
                trained - part.trained, heldOut - part.heldOut, duplicates - part.duplicates, setAside - part.setAside);
    }

    /** All records, whatever became of them. */
    public long total() {
        return Math.addExact(Math.addExact(trained, heldOut), Math.addExact(duplicates, setAside));
    }

    private static void requireCount(final String name, final long count) {
        if (count < 0) {
            throw new IllegalArgumentException(name + ": negative");
        }
    }
}
