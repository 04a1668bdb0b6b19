package dev.millrace.embedding.model.plan;

/**
 * Rotary positions (Su et al. 2021, RoFormer): in each head values i and i + width/2 of query and key are turned as one point, at
 * position p by the angle p / (theta^(2i/width) stretch). In fp32, whatever multiplies.
 *
 * @param theta base of the wave lengths, above 1
 * @param stretch 1, or how much longer all waves are than those that a model was trained with at first
 */
public record Rotation(double theta, double stretch) {
    /** Without any stretching. */
    public Rotation(double theta) {
        this(theta, 1);
    }
}
