package dev.millrace.embedding.objective.graded;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.millrace.embedding.objective.loss.GradedLoss;
import dev.millrace.embedding.objective.seen.GradedPairs;

/**
 * AnglE (Li and Li 2023): as {@link CoSent}, by the angle between vectors read as complex numbers, whose first half is real
 * and whose second half is imaginary; an angle has a slope where a cosine is flat.
 *
 * @param scale what angles are multiplied by, (0, 40]
 */
public record Angle(double scale) implements GradedLoss {
    @Override
    public String name() {
        return "angle";
    }

    @Override
    public NDArray loss(GradedPairs pairs) {
        return OrderedPairs.loss(pairs, angles(pairs.first(), pairs.second()), scale);
    }

    /** [m] the sum of quotients' real and imaginary parts, magnitudes divided out, without its sign. */
    private static NDArray angles(NDArray first, NDArray second) {
        NDArray a = half(first, 0);
        NDArray b = half(first, 1);
        NDArray c = half(second, 0);
        NDArray d = half(second, 1);
        NDArray real = a.mul(c).add(b.mul(d));
        NDArray imaginary = b.mul(c).sub(a.mul(d));
        NDArray magnitudes = norm(a, b).mul(norm(c, d));
        return real.add(imaginary).sum(new int[] {1}).div(magnitudes).abs();
    }

    private static NDArray half(NDArray vectors, int which) {
        long half = vectors.getShape().get(1) / 2;
        return vectors.get(new NDIndex(":, {}:{}", which * half, (which + 1) * half));
    }

    private static NDArray norm(NDArray real, NDArray imaginary) {
        return real.square().add(imaginary.square()).sum(new int[] {1}).sqrt();
    }
}
