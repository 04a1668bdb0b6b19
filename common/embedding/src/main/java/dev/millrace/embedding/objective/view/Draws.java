package dev.millrace.embedding.objective.view;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Some of several things, each as likely as any other. */
public final class Draws {
    private static final double MOST = .9;

    private Draws() {}

    /** So many of them at most, in the order drawn (the beginning of Fisher and Yates' shuffle). */
    public static <T> List<T> some(List<T> of, int count, SplittableRandom random) {
        List<T> drawn = new ArrayList<>(of);
        int taken = Math.min(count, drawn.size());
        for (int i = 0; i < taken; i++) {
            Collections.swap(drawn, i, random.nextInt(i, drawn.size()));
        }
        return drawn.subList(0, taken);
    }

    /** A share of the indexes below {@code count}, rounded down. */
    public static BitSet share(double rate, int count, SplittableRandom random) {
        List<Integer> indexes = IntStream.range(0, count).boxed().toList();
        BitSet share = new BitSet();
        some(indexes, (int) (rate * count), random).forEach(share::set);
        return share;
    }

    public static void requireRate(double rate) {
        if (!(rate >= 0 && rate <= MOST)) {
            throw new IllegalArgumentException("a cutoff's rate must lie in [0, " + MOST + "], but is " + rate);
        }
    }

    public static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
