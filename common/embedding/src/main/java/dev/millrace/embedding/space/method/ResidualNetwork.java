package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The newer vector and what a small network with one hidden layer adds to it, which at first is nothing (the "residual MLP" adapter
 * of Drift-Adapter, 2025). Learns the squared distance by Adam (Kingma and Ba 2015), always from the same seed.
 *
 * @param hidden numbers of the hidden layer, at least 1
 * @param epochs passes over the pairs, at least 1
 * @param batch pairs of a step, at least 1
 * @param rate of learning, above 0
 */
public record ResidualNetwork(int hidden, int epochs, int batch, double rate) implements SpaceMethod {
    private static final long SEED = 1;

    @Override
    public String name() {
        return "network";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        SplittableRandom random = new SplittableRandom(SEED);
        return fit(pairs, NetworkWeights.drawn(pairs.dimensions(), hidden, random), random);
    }

    /** As it goes on from these weights, which it changes. */
    SpaceAdapter fit(PairedVectors pairs, NetworkWeights weights, SplittableRandom random) {
        NetworkStep step = new NetworkStep(weights, rate);
        int[] order = IntStream.range(0, pairs.size()).toArray();
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int begin = 0; begin < order.length; begin += batch) {
                int end = Math.min(order.length, begin + batch);
                for (int i = begin; i < end; i++) {
                    step.add(pairs.from()[order[i]], pairs.to()[order[i]], end - begin);
                }
                step.take();
            }
        }
        return weights;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
}
