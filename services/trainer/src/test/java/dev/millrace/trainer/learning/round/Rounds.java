package dev.millrace.trainer.learning.round;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.util.List;
import java.util.Map;

/** Shares and contributions with one tensor. */
final class Rounds {
    static final String TENSOR = "weight";
    static final String AVERAGE = "average.weight";

    private Rounds() {}

    static Share share(String trainer, long samples, OffsetRange... ranges) {
        return new Share(trainer, "v0", List.of(ranges), new Work(samples, 1, Records.NONE));
    }

    static OffsetRange range(int partition, long from, long to) {
        return new OffsetRange("pairs-" + partition, from, to);
    }

    static TrainedWeights weights(float... numbers) {
        Safetensors.Tensor tensor = Numbers.tensor(new long[] {numbers.length}, numbers);
        return new TrainedWeights(Map.of(TENSOR, tensor), 0);
    }

    /** A weight and its average, after as many steps as others. */
    static TrainedWeights withAverage(TrainedWeights others, float weight, float average) {
        return new TrainedWeights(
                Map.of(
                        TENSOR, Numbers.tensor(new long[] {1}, new float[] {weight}),
                        AVERAGE, Numbers.tensor(new long[] {1}, new float[] {average})),
                others.steps());
    }

    static float[] numbers(TrainedWeights weights) {
        return Numbers.of(weights.tensors().get(TENSOR));
    }

    static Base base(float... numbers) {
        return new Base("v0", weights(numbers), OuterState.NONE);
    }

    /** Of a trainer that came from the base to these weights. */
    static Contribution contribution(String trainer, long samples, Base base, float... reached) {
        return contribution(trainer, samples, base, weights(reached));
    }

    static Contribution contribution(String trainer, long samples, Base base, TrainedWeights reached) {
        Share share = new Share(trainer, base.version(), List.of(range(0, 0, 10)), new Work(samples, 3, Records.NONE));
        return new Contribution(
                share,
                Carried.nothing(DeltaCodecs.named("fp32"))
                        .tell(base.weights(), reached)
                        .delta());
    }
}
