package dev.millrace.trainer.learning.round.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.round.delta.Carried.Told;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriedTest {
    private static final int COUNT = 600;

    private static TrainedWeights weights(float... numbers) {
        return new TrainedWeights(Map.of("w", Numbers.tensor(new long[] {numbers.length}, numbers)), 0);
    }

    private static float[] drawn(Random random, double size) {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = (float) (size * random.nextGaussian());
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "int8", "top-k"})
    void whatIsLeftOutComesInALaterRound(String codec) {
        // Given a trainer that moves for three rounds and then stands
        Random random = new Random(1);
        Carried carried = Carried.nothing(DeltaCodecs.named(codec));
        TrainedWeights begin = weights(new float[COUNT]);
        float[] moved = new float[COUNT];
        float[] told = new float[COUNT];

        // When
        for (int round = 0; round < 60; round++) {
            float[] way = drawn(random, round < 3 ? 1e-2 : 0);
            Told now = carried.tell(begin, weights(way));
            carried = now.next();
            add(moved, way);
            add(told, now.delta().of("w", COUNT));
        }

        // Then
        for (int i = 0; i < COUNT; i++) {
            assertThat(told[i]).isCloseTo(moved[i], within(1e-6f));
        }
    }

    private static void add(float[] to, float[] numbers) {
        for (int i = 0; i < to.length; i++) {
            to[i] += numbers[i];
        }
    }

    @Test
    void whatIsRefusedLeavesWhatWasCarriedAsItWas() {
        // Given
        Random random = new Random(2);
        TrainedWeights begin = weights(new float[COUNT]);
        TrainedWeights reached = weights(drawn(random, 1));
        Carried carried = Carried.nothing(DeltaCodecs.named("int8"))
                .tell(begin, weights(drawn(random, 1)))
                .next();
        float[] first = carried.tell(begin, reached).delta().of("w", COUNT);

        // When
        float[] second = carried.tell(begin, reached).delta().of("w", COUNT);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void whatFp32RoundsIsToldBesideIt() {
        // Given a weight that was nearly lost, one that changed its sign at 0, and one that did not change
        TrainedWeights base = weights(1, 0f, -0f, .5f);
        float[] reached = {1e-12f, -0f, -0f, .75f};

        // When
        Delta delta = Carried.nothing(DeltaCodecs.named("fp32"))
                .tell(base, weights(reached))
                .delta();

        // Then
        float[] applied = delta.applied("w", new float[] {1, 0f, -0f, .5f});
        assertThat(applied)
                .usingComparator((a, b) -> java.util.Arrays.equals(a, b) ? 0 : 1)
                .isEqualTo(reached);
        assertThat(delta.of("w", 4)).containsExactly(-1, -0f, 0, .25f);
        assertThat(delta.bytes()).isEqualTo(4 * 4 + 2 * 8);
    }

    @Test
    void otherWeightsThanTheBasesAreRefused() {
        // Given
        TrainedWeights others =
                new TrainedWeights(Map.of("v", weights(1).tensors().get("w")), 0);

        // When
        assertThatThrownBy(() -> Carried.nothing(DeltaCodecs.named("fp32")).tell(weights(1), others))
                // Then
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTensorThatThereIsNotIsNamed() {
        // Given
        Delta delta = Carried.nothing(DeltaCodecs.named("fp32"))
                .tell(weights(1), weights(2))
                .delta();

        // When
        assertThatThrownBy(() -> delta.of("v", 1))
                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v");
    }
}
