package dev.millrace.embedding.space.method;

/** Brings a sum back to norm 1. */
public final class UnitLength {
    private UnitLength() {}

    /** Changes the array; one that is all zero, which no text's vector is mapped to, stays so. */
    public static float[] of(float[] sum) {
        double squares = 0;
        for (float number : sum) {
            squares += (double) number * number;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(squares), Float.MIN_NORMAL));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }
}
