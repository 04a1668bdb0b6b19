package dev.millrace.embedding.optim.compact;

/**
 * What stochastic rounding (Gupta et al. 2015) is decided by: numbers that look random and are the same on every machine, for each
 * step of a lineage and each weight others.
 *
 * @param seed of one tensor's
 */
record Dice(int seed) {
    /** Bits 0 to 11 decide on the average, 12 to 21 on the difference, 22 to 31 on the second moment. */
    static final int DIFFERENCE = 12;

    static final int SECOND_MOMENT = 22;
    private static final int GOLDEN_RATIO = 0x9e3779b9;

    /** Of the tensor with this index, after so many steps. */
    static Dice of(long steps, int tensor) {
        return new Dice(mixed(mixed((int) steps) + GOLDEN_RATIO * (tensor + 1)));
    }

    /** 32 bits for an element. */
    int at(int element) {
        return mixed(seed + GOLDEN_RATIO * element);
    }

    /** The finalizer of MurmurHash3. */
    private static int mixed(int bits) {
        int x = bits;
        x = (x ^ (x >>> 16)) * 0x85ebca6b;
        x = (x ^ (x >>> 13)) * 0xc2b2ae35;
        return x ^ (x >>> 16);
    }
}
