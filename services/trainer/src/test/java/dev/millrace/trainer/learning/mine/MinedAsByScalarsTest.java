package dev.millrace.trainer.learning.mine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.vectors.Tile;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Configs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The miner beside the same rule written plainly: every text looked at, one after the other, all of them sorted. */
class MinedAsByScalarsTest {
    private static final int DIMENSIONS = 6;

    @Property(tries = 150)
    void whateverTheTextsAndTheBounds(
            @ForAll @IntRange(min = 1, max = 90) int examples,
            @ForAll @IntRange(max = 5) int skip,
            @ForAll @IntRange(min = 1, max = 30) int depth,
            @ForAll @IntRange(min = 1, max = 8) int wanted,
            @ForAll @DoubleRange(min = .5, max = 1) double share,
            @ForAll @DoubleRange(max = .3) double margin,
            @ForAll @DoubleRange(min = .2, max = 1) double maxScore,
            @ForAll long seed) {
        // Given
        LearningConfig config = Configs.learning(
                "mining-skip", "" + skip,
                "mining-depth", "" + depth,
                "hard-negatives", "" + wanted,
                "mining-ceiling", "" + share,
                "mining-margin", "" + margin,
                "mining-max-score", "" + maxScore);
        List<Example> window = window(examples, seed);

        // When
        List<Example> mined = new RankRangeMiner(config)
                .mine(window, new MiningPool(window, List.of(), 60), coarse(seed), new Mining(1, () -> {}));

        // Then
        assertThat(mined).isEqualTo(plainly(window, config, coarse(seed)));
    }

    @Test
    void andOfMoreTextsThanAreComparedAtATime() {
        // Given
        List<Example> window = window(6000, 7);
        LearningConfig config = Configs.learning("hard-negatives", "3", "mining-pool", "6000");
        List<Example> asking = window.subList(0, 300);
        MiningPool pool = new MiningPool(window, List.of(), 6000);

        // When
        List<Example> mined = new RankRangeMiner(config).mine(asking, pool, coarse(7), new Mining(1, () -> {}));

        // Then
        assertThat(mined).isEqualTo(plainly(asking, pool, config, coarse(7)));
    }

    private static List<Example> plainly(List<Example> window, LearningConfig config, Vectors vectors) {
        return plainly(window, new MiningPool(window, List.of(), 60), config, vectors);
    }

    private static List<Example> plainly(
            List<Example> asking, MiningPool pool, LearningConfig config, Vectors vectors) {
        float[][] candidates = vectors.documents(pool.texts());
        return asking.stream()
                .map(example -> example.positive().isEmpty()
                        ? example
                        : example.with(plainly(example, candidates, pool, config, vectors)))
                .toList();
    }

    private static List<String> plainly(
            Example example, float[][] candidates, MiningPool pool, LearningConfig config, Vectors vectors) {
        float[][] own = vectors.documents(List.of(example.anchor(), example.drawnTo()));
        double positive = Tile.product(own[0], own[1]);
        double relative = positive - (1 - config.miningCeiling()) * Math.abs(positive);
        return IntStream.range(0, candidates.length)
                .boxed()
                .filter(i -> Tile.product(own[0], candidates[i]) < relative)
                .filter(i -> Tile.product(own[0], candidates[i]) < positive - config.miningMargin())
                .filter(i -> Tile.product(own[0], candidates[i]) < config.miningMaxScore())
                .filter(i -> pool.allows(example, pool.texts().get(i)))
                .sorted(Comparator.comparingDouble(i -> -Tile.product(own[0], candidates[i])))
                .limit(config.miningSkip() + config.miningDepth())
                .skip(config.miningSkip())
                .limit(config.hardNegatives())
                .map(pool.texts()::get)
                .toList();
    }

    private static List<Example> window(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(
                        "q" + random.nextInt(count),
                        random.nextInt(10) == 0 ? Optional.empty() : Optional.of("d" + random.nextInt(count)),
                        OptionalDouble.empty(),
                        List.of(),
                        random.nextBoolean() ? Optional.empty() : Optional.of("g" + random.nextInt(9)),
                        1,
                        "test"))
                .toList();
    }

    /** Few different numbers, so that many texts are equally near. */
    private static Vectors coarse(long seed) {
        return (type, texts) -> texts.stream().map(text -> coarse(text, seed)).toArray(float[][]::new);
    }

    private static float[] coarse(String text, long seed) {
        SplittableRandom random = new SplittableRandom(seed + text.hashCode());
        float[] vector = new float[DIMENSIONS];
        double squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextInt(-1, 3);
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS && squares > 0; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }
}
