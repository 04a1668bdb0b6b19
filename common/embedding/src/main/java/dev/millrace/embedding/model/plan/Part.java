package dev.millrace.embedding.model.plan;

import java.util.List;
import java.util.Optional;

/**
 * What has parameters of its own: a matrix [outputs, inputs], a norm [width] or a table [rows, width], and its bias.
 *
 * @param name as files have it, before what follows it for the weight, and {@code .bias}
 * @param shape of the weight
 * @param biased whether there is a bias, as long as the weight's first size
 * @param ending what follows the name for the weight: {@code .weight}, or nothing
 */
public record Part(String name, List<Long> shape, boolean biased, String ending) {
    /** Of a table of which only what is used must be there. */
    public static final long ANY = -1;

    private static final String WEIGHT = ".weight";

    /** As PyTorch's modules name their weights. */
    public Part(String name, List<Long> shape, boolean biased) {
        this(name, shape, biased, WEIGHT);
    }

    /** A linear layer with a bias. */
    public static Part linear(String name, long outputs, long inputs) {
        return new Part(name, List.of(outputs, inputs), true);
    }

    /** LayerNorm (Ba et al. 2016) of so many values. */
    public static Part norm(String name, long width) {
        return new Part(name, List.of(width), true);
    }

    /** So many rows of so many values. */
    public static Part table(String name, long rows, long width) {
        return new Part(name, List.of(rows, width), false);
    }

    /** The same without a bias: an RMSNorm (Zhang and Sennrich 2019) is a norm without. */
    public Part plain() {
        return biased(false);
    }

    /** The same with a bias or without. */
    public Part biased(boolean otherwise) {
        return new Part(name, shape, otherwise, ending);
    }

    /** The same with a place before its name. */
    public Part under(String place) {
        return new Part(place + name, shape, biased, ending);
    }

    /** The same whose weight has the name alone. */
    public Part bare() {
        return new Part(name, shape, biased, "");
    }

    /** The same of another size. */
    public Part sized(List<Long> other) {
        return new Part(name, other, biased, ending);
    }

    public Weight weight() {
        return new Weight(name + ending, shape);
    }

    public Optional<Weight> bias() {
        return biased ? Optional.of(new Weight(name + ".bias", List.of(shape.get(0)))) : Optional.empty();
    }
}
