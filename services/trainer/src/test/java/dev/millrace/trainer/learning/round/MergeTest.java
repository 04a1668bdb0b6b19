package dev.millrace.trainer.learning.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.round.Merge.Merged;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
    private static final double TOLERANCE = 1e-6;
    private static final double DECAY = .9;

    @TempDir
    Path folder;

    /** Against PyTorch's SGD on the mean as a gradient: {@code golden/rounds.py}. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anOuterStepIsPyTorchs(int number) throws IOException {
        // Given
        JsonNode golden = new ObjectMapper()
                .readTree(getClass().getResourceAsStream("/golden/rounds.json"))
                .get(number);
        OuterStep step = new OuterStep(
                golden.path("rate").asDouble(), golden.path("momentum").asDouble(), 0);
        Base base = Rounds.base(numbers(golden.path("begin")));

        for (JsonNode round : golden.path("rounds")) {
            // When
            Merged merged = new Merge(step, DECAY).of(base, contributions(base, round));

            // Then
            assertClose(Rounds.numbers(merged.weights()), round.path("weights"));
            if (step.momentum() > 0) {
                assertClose(merged.outer().velocity(Rounds.TENSOR, 6), round.path("velocity"));
            }
            base = new Base("v0", merged.weights(), merged.outer());
        }
    }

    private static List<Contribution> contributions(Base base, JsonNode round) {
        float[] from = Rounds.numbers(base.weights());
        List<Contribution> contributions = new ArrayList<>();
        for (int trainer = 0; trainer < round.path("samples").size(); trainer++) {
            float[] reached = numbers(round.path("deltas").get(trainer));
            for (int i = 0; i < from.length; i++) {
                reached[i] += from[i];
            }
            long samples = round.path("samples").get(trainer).asLong();
            contributions.add(Rounds.contribution("trainer-" + trainer, samples, base, reached));
        }
        return contributions;
    }

    private static float[] numbers(JsonNode array) {
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) array.get(i).asDouble();
        }
        return numbers;
    }

    private static void assertClose(float[] ours, JsonNode theirs) {
        double[] expected = StreamSupport.stream(theirs.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        assertThat(ours).hasSize(expected.length);
        for (int i = 0; i < ours.length; i++) {
            assertThat((double) ours[i]).isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    /** Any numbers, near one another or as far apart as there are. */
    @Provide
    Arbitrary<float[]> anyNumbers() {
        Arbitrary<Float> numbers = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.floats().between(-1, 1).ofScale(9)),
                net.jqwik.api.Tuple.of(
                        2, Arbitraries.floats().between(-1e-6f, 1e-6f).ofScale(20)),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.of(0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-30f, 1f, -1f, 1e30f)));
        return numbers.array(float[].class).ofSize(8);
    }

    @Property
    void oneTrainerIsTheRoundOfOne(@ForAll("anyNumbers") float[] from, @ForAll("anyNumbers") float[] reached) {
        // Given
        Base base = Rounds.base(from);
        Contribution only = Rounds.contribution("trainer", 64, base, reached);

        // When
        Merged merged = new Merge(OuterStep.MEAN, DECAY).of(base, List.of(only));

        // Then bit by bit, the sign of 0 included
        assertThat(bits(Rounds.numbers(merged.weights()))).isEqualTo(bits(reached));
        assertThat(merged.outer()).isEqualTo(OuterState.NONE);
        assertThat(merged.weights().steps()).isEqualTo(3);
    }

    @Property(tries = 100)
    void theOrderOfArrivalDoesNotMatter(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        Base base = Rounds.base(numbers(random));
        List<Contribution> come = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            come.add(Rounds.contribution("trainer-" + i, random.nextInt(1000), base, numbers(random)));
        }
        List<Contribution> otherwise = new ArrayList<>(come);
        Collections.shuffle(otherwise, random);
        Merge merge = new Merge(new OuterStep(.7, .9, 0), DECAY);
        Merged first = merge.of(base, come);

        // When
        Merged second = merge.of(base, otherwise);

        // Then
        assertThat(bits(Rounds.numbers(second.weights()))).isEqualTo(bits(Rounds.numbers(first.weights())));
        assertThat(second.outer().velocity(Rounds.TENSOR, 8))
                .isEqualTo(first.outer().velocity(Rounds.TENSOR, 8));
        assertThat(second.weights().steps()).isEqualTo(15);
    }

    private static float[] numbers(Random random) {
        float[] numbers = new float[8];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }

    /** 1 and 4 in the mean of 10 and 30 samples: 3.25, and (10 + 30)^2 / (10^2 + 30^2) trainers. */
    @ParameterizedTest
    @CsvSource({"0, 3.25", "1, 5.2", "0.5, 4.1109610"})
    void theRateGrowsWithTheTrainers(double scaling, float reached) {
        // Given
        Base base = Rounds.base(0);
        List<Contribution> contributions =
                List.of(Rounds.contribution("a", 10, base, 1), Rounds.contribution("b", 30, base, 4));

        // When
        Merged merged = new Merge(new OuterStep(1, 0, scaling), DECAY).of(base, contributions);

        // Then
        assertThat(Rounds.numbers(merged.weights())[0]).isCloseTo(reached, within(1e-6f));
    }

    @Test
    void whoLearnedNothingCountsForNothing() {
        // Given
        Base base = Rounds.base(1, 2);
        Contribution idle = Rounds.contribution("idle", 0, base, 9, 9);
        Contribution busy = Rounds.contribution("busy", 10, base, 2, 4);

        // When
        Merged merged = new Merge(OuterStep.MEAN, DECAY).of(base, List.of(idle, busy));

        // Then
        assertThat(Rounds.numbers(merged.weights())).containsExactly(2, 4);
    }

    @Test
    void aLateOneIsAddedToWhatOthersLearnedInTheMeantime() {
        // Given
        Base earlier = Rounds.base(1, 1e-3f);
        Contribution late = Rounds.contribution("late", 10, earlier, 2, 5e-9f);
        Base base = new Base("v1", Rounds.weights(10, 10), OuterState.NONE);

        // When
        Merged merged = new Merge(OuterStep.MEAN, DECAY).of(base, List.of(late));

        // Then
        assertThat(Rounds.numbers(merged.weights())).containsExactly(11, 10 - 1e-3f);
    }

    @Test
    void averagesAreMergedByTheirMeanAndFollowForTheStepsOfTheOthers() {
        // Given two trainers with three steps each
        Base base = new Base("v0", Rounds.withAverage(new TrainedWeights(Map.of(), 100), 0, 0), OuterState.NONE);
        List<Contribution> contributions = List.of(
                Rounds.contribution("a", 10, base, Rounds.withAverage(base.weights(), 1, .25f)),
                Rounds.contribution("b", 10, base, Rounds.withAverage(base.weights(), 3, .75f)));

        // When
        Merged merged = new Merge(new OuterStep(2, .5, 0), DECAY).of(base, contributions);

        // Then the weight takes the step, the average goes on from .5 to it
        assertThat(Rounds.numbers(merged.weights())).containsExactly(6);
        assertThat((double) Numbers.of(merged.weights().tensors().get(Rounds.AVERAGE))[0])
                .isCloseTo(6 - Math.pow(DECAY, 3) * 5.5, within(TOLERANCE));
        assertThat(merged.outer().velocity()).containsOnlyKeys(Rounds.TENSOR);
        assertThat(merged.weights().steps()).isEqualTo(106);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, 1, Double.NaN})
    void aDecayOutOfRangeIsRefused(double decay) {
        assertThatThrownBy(() -> new Merge(OuterStep.MEAN, decay)).hasMessageContaining("[0, 1)");
    }

    @Test
    void theVelocityGoesOnFromWhatWasSaved() {
        // Given
        Base base = Rounds.base(1, 2);
        Merge merge = new Merge(new OuterStep(.7, .9, 0), DECAY);
        Merged first = merge.of(base, List.of(Rounds.contribution("trainer", 1, base, 3, 1)));
        Base next = new Base("v1", first.weights(), first.outer());
        List<Contribution> second = List.of(Rounds.contribution("trainer", 1, next, 0, 0));
        Merged straight = merge.of(next, second);

        // When
        first.outer().write(folder);
        Merged resumed = merge.of(new Base("v1", first.weights(), OuterState.read(folder)), second);

        // Then
        assertThat(Rounds.numbers(resumed.weights())).isEqualTo(Rounds.numbers(straight.weights()));
        assertThat(resumed.outer().velocity(Rounds.TENSOR, 2))
                .isEqualTo(straight.outer().velocity(Rounds.TENSOR, 2));
    }

    @Test
    void withoutMomentumNothingIsKept() {
        // When
        OuterState.NONE.write(folder);

        // Then
        assertThat(folder).isEmptyDirectory();
        assertThat(OuterState.read(folder)).isEqualTo(OuterState.NONE);
    }

    @Test
    void whoLearnedOtherWeightsIsRefusedByName() {
        // Given
        Base base = Rounds.base(1, 2);
        Contribution other = Rounds.contribution("stranger", 1, base, 3, 4);
        Base renamed = new Base(
                "v0",
                new TrainedWeights(Map.of("other", base.weights().tensors().get(Rounds.TENSOR)), 0),
                OuterState.NONE);

        // When
        assertThatThrownBy(() -> new Merge(OuterStep.MEAN, DECAY).of(renamed, List.of(other)))
                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stranger");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-1, 0, 0",
        "101, 0, 0",
        "NaN, 0, 0",
        "1, 1, 0",
        "1, -.1, 0",
        "1, NaN, 0",
        "1, 0, -1",
        "1, 0, 2"
    })
    void anOuterStepOutOfRangeIsRefused(double rate, double momentum, double scaling) {
        assertThatThrownBy(() -> new OuterStep(rate, momentum, scaling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the outer ");
    }
}
