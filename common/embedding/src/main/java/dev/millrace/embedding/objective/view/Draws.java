package dev.millrace.embedding.objective.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Some of several things, each as likely as any other. */
final class Draws {
    private Draws() {}

    /** So many of them at most, in the order drawn (the beginning of Fisher and Yates' shuffle). */
    static <T> List<T> some(List<T> of, int count, SplittableRandom random) {
        List<T> drawn = new ArrayList<>(of);
        int taken = Math.min(count, drawn.size());
        for (int i = 0; i < taken; i++) {
            Collections.swap(drawn, i, random.nextInt(i, drawn.size()));
        }
        return drawn.subList(0, taken);
    }

    static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
