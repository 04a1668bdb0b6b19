package dev.millrace.embedding.train;

import dev.millrace.embedding.objective.batch.BatchTexts;
import dev.millrace.embedding.objective.batch.ContrastiveExample;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.Momentum;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.text.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A batch with texts and labels of every kind: pairs, hard negatives, groups, grades, a bare text; and other encoders. */
final class MixedBatch {
    private record Labeled(
            String anchor,
            Optional<String> second,
            OptionalDouble label,
            List<String> negatives,
            Optional<String> group,
            double weight)
            implements ContrastiveExample {}

    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static final List<Labeled> EXAMPLES = List.of(
            new Labeled("a", Optional.of("b"), NONE, List.of("c"), Optional.empty(), 1),
            new Labeled("d", Optional.of("e"), NONE, List.of("c", "f"), Optional.of("g"), 2),
            new Labeled("h", Optional.of("i"), NONE, List.of(), Optional.of("g"), 1),
            new Labeled("j", Optional.of("k"), OptionalDouble.of(.8), List.of(), Optional.empty(), 1),
            new Labeled("l", Optional.of("m"), OptionalDouble.of(.2), List.of(), Optional.empty(), .5),
            new Labeled("n", Optional.empty(), NONE, List.of(), Optional.empty(), 1));

    private MixedBatch() {}

    /** With a teacher and a momentum encoder of so many dimensions. */
    static TrainingBatch of(int dimensions) {
        SplittableRandom random = new SplittableRandom(3);
        BatchTexts batch = BatchTexts.of(EXAMPLES);
        List<Tokens> texts = batch.texts().stream()
                .map(text -> new Tokens(
                        random.ints(random.nextInt(3, 30), 1000, 20_000).toArray(), false))
                .toList();
        Teacher teacher = new Teacher(drawn(random, texts.size(), dimensions));
        Momentum momentum = new Momentum(drawn(random, texts.size(), dimensions), queue(random, dimensions));
        return new TrainingBatch(texts, batch.roles(), Optional.of(teacher), Optional.of(momentum));
    }

    /** An earlier text, and one that belongs to a group of the batch. */
    private static KeyQueue queue(SplittableRandom random, int dimensions) {
        float[][] vectors = drawn(random, 2, dimensions);
        long[] ofGroup = BatchTexts.of(EXAMPLES).roles().identities().apply(3);
        return new KeyQueue(
                List.of(new KeyQueue.Key(vectors[0], new long[] {1}), new KeyQueue.Key(vectors[1], ofGroup)));
    }

    private static float[][] drawn(SplittableRandom random, int count, int dimensions) {
        return IntStream.range(0, count)
                .mapToObj(i -> unit(random.doubles(dimensions, -1, 1).toArray()))
                .toArray(float[][]::new);
    }

    private static float[] unit(double[] numbers) {
        double length = Math.sqrt(DoubleStream.of(numbers).map(x -> x * x).sum());
        float[] unit = new float[numbers.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (numbers[i] / length);
        }
        return unit;
    }
}
