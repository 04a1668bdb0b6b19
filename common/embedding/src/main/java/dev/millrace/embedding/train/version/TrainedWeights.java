package dev.millrace.embedding.train.version;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.optim.WeightAverage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of an encoder trainers have in common from round to round (DiLoCo: Douillard et al. 2023): the weights that learn, their
 * average, and how many steps are in them. Moments, a queue and whatever else comes of a trainer's own pairs stay its own.
 *
 * @param tensors fp32, by name: the weights that learn, an objective's own included, and under {@code average.NAME} those of the
 *     encoder as they are averaged, without a base that is merged into what is published
 * @param steps optimizer steps in the lineage of these weights, 0 and above
 */
public record TrainedWeights(Map<String, Safetensors.Tensor> tensors, long steps) {
    private static final String AVERAGE = "average.";

    /** Keeps the order of the tensors; refuses negative steps. */
    public TrainedWeights {
        if (steps < 0) {
            throw new IllegalArgumentException("steps must not be negative, but are " + steps);
        }
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** The same in memory of its own, which outlives the snapshot that it is of. */
    public TrainedWeights copy() {
        Map<String, Safetensors.Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
        return new TrainedWeights(copies, steps);
    }

    private static Safetensors.Tensor copy(Safetensors.Tensor tensor) {
        ByteBuffer values = tensor.values().duplicate().rewind();
        ByteBuffer copy = ByteBuffer.allocateDirect(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return new Safetensors.Tensor(tensor.shape(), copy.put(values).flip());
    }

    /** Whether a tensor is an average, which follows a weight and is trained by nobody. */
    public static boolean isAverage(String name) {
        return name.startsWith(AVERAGE);
    }

    /**
     * The same with the average as it would be if it had followed for so many more steps to where the weights are now: those that
     * others took at the same time, whom no trainer's own average has seen.
     *
     * @param further 0 and above; after 0 nothing is changed
     * @param decay of the average, [0,1)
     */
    public TrainedWeights averagedOn(long further, double decay) {
        double kept = Math.pow(WeightAverage.kept(steps, decay), (double) further);
        Map<String, Safetensors.Tensor> followed = new LinkedHashMap<>(tensors);
        if (kept < 1) {
            averaged()
                    .forEach(
                            (name, average) -> followed.put(AVERAGE + name, between(average, tensors.get(name), kept)));
        }
        return new TrainedWeights(followed, steps);
    }

    private static Safetensors.Tensor between(Safetensors.Tensor average, Safetensors.Tensor weight, double kept) {
        Safetensors.Tensor between = copy(average);
        FloatBuffer values = numbers(between);
        FloatBuffer target = numbers(weight);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, (float) (target.get(i) + kept * (values.get(i) - target.get(i))));
        }
        return between;
    }

    /**
     * How far these weights, and their average, have come since {@code begin}, in memory of its own: what {@link #plus} adds to others.
     *
     * @throws IllegalArgumentException when {@code begin} has other tensors, or more steps
     */
    public TrainedWeights minus(TrainedWeights begin) {
        return combined(begin, -1, steps - begin.steps);
    }

    /**
     * These weights, and their average, moved on as others were that began somewhere else, in memory of its own.
     *
     * @param change from {@link #minus}
     * @throws IllegalArgumentException when it is of other tensors
     */
    public TrainedWeights plus(TrainedWeights change) {
        return combined(change, 1, steps + change.steps);
    }

    private TrainedWeights combined(TrainedWeights other, int sign, long steps) {
        if (!tensors.keySet().equals(other.tensors.keySet())) {
            throw new IllegalArgumentException("these are other weights");
        }
        Map<String, Safetensors.Tensor> combined = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            Safetensors.Tensor sum = copy(tensor);
            FloatBuffer values = numbers(sum);
            FloatBuffer added = numbers(other.tensors.get(name));
            for (int i = 0; i < values.capacity(); i++) {
                values.put(i, values.get(i) + sign * added.get(i));
            }
            combined.put(name, sum);
        });
        return new TrainedWeights(combined, steps);
    }

    private static FloatBuffer numbers(Safetensors.Tensor tensor) {
        return tensor.values()
                .duplicate()
                .rewind()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    /** Of what learns and its average, by name. */
    public static TrainedWeights of(
            Map<String, Safetensors.Tensor> trained, Map<String, Safetensors.Tensor> averaged, long steps) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>(trained);
        averaged.forEach((name, tensor) -> tensors.put(AVERAGE + name, tensor));
        return new TrainedWeights(tensors, steps);
    }

    /** What learns, by name. */
    public Map<String, Safetensors.Tensor> trained() {
        Map<String, Safetensors.Tensor> trained = new LinkedHashMap<>(tensors);
        trained.keySet().removeIf(TrainedWeights::isAverage);
        return trained;
    }

    /** The averages by the names of what they follow. */
    public Map<String, Safetensors.Tensor> averaged() {
        Map<String, Safetensors.Tensor> averaged = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (isAverage(name)) {
                averaged.put(name.substring(AVERAGE.length()), tensor);
            }
        });
        return averaged;
    }
}
