package dev.millrace.embedding.space.method;

/** Gradients of a batch, and Adam's step by them. */
final class NetworkStep {
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final NetworkWeights weights;
    private final double rate;
    private final NetworkWeights gradients;
    private final NetworkWeights first;
    private final NetworkWeights second;
    private int steps;

    NetworkStep(NetworkWeights weights, double rate) {
        this.weights = weights;
        this.rate = rate;
        gradients = zeros(weights);
        first = zeros(weights);
        second = zeros(weights);
    }

    private static NetworkWeights zeros(NetworkWeights like) {
        int dimensions = like.offset().length;
        int hidden = like.bias().length;
        return new NetworkWeights(
                new float[dimensions][hidden], new float[hidden], new float[hidden][dimensions], new float[dimensions]);
    }

    /** Adds the gradient of a pair's squared distance, as one of {@code batch} pairs. */
    void add(float[] from, float[] to, int batch) {
        float[] activations = weights.activations(from);
        float[] error = weights.sum(from, activations);
        for (int i = 0; i < error.length; i++) {
            error[i] = 2 * (error[i] - to[i]) / batch;
        }
        float[] hidden = new float[activations.length];
        for (int i = 0; i < hidden.length; i++) {
            if (activations[i] > 0) {
                hidden[i] = product(error, weights.outOf()[i]);
                AffineMap.add(activations[i], error, gradients.outOf()[i]);
            }
        }
        AffineMap.add(1, error, gradients.offset());
        AffineMap.add(1, hidden, gradients.bias());
        for (int i = 0; i < from.length; i++) {
            AffineMap.add(from[i], hidden, gradients.into()[i]);
        }
    }

    /** Changes the weights, and forgets the gradients. */
    void take() {
        steps++;
        double scale = rate * Math.sqrt(1 - Math.pow(SECOND_DECAY, steps)) / (1 - Math.pow(FIRST_DECAY, steps));
        double epsilon = EPSILON * Math.sqrt(1 - Math.pow(SECOND_DECAY, steps));
        Step step = new Step((float) scale, (float) epsilon);
        for (int i = 0; i < weights.into().length; i++) {
            step.take(weights.into()[i], gradients.into()[i], first.into()[i], second.into()[i]);
        }
        for (int i = 0; i < weights.outOf().length; i++) {
            step.take(weights.outOf()[i], gradients.outOf()[i], first.outOf()[i], second.outOf()[i]);
        }
        step.take(weights.bias(), gradients.bias(), first.bias(), second.bias());
        step.take(weights.offset(), gradients.offset(), first.offset(), second.offset());
    }

    /** Adam's, its corrections for the first steps in the two factors. */
    private record Step(float scale, float epsilon) {
        void take(float[] weights, float[] gradients, float[] first, float[] second) {
            for (int i = 0; i < weights.length; i++) {
                float gradient = gradients[i];
                first[i] += (float) (1 - FIRST_DECAY) * (gradient - first[i]);
                second[i] += (float) (1 - SECOND_DECAY) * (gradient * gradient - second[i]);
                weights[i] -= scale * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
                gradients[i] = 0;
            }
        }
    }

    private static float product(float[] left, float[] right) {
        float sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
