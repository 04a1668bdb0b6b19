package dev.millrace.trainer.learning.mine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RankRangeMinerTest {
    /** Texts are angles in degrees, so that {@code "10"} is nearer to {@code "0"} than {@code "20"} is. */
    private static final Vectors ANGLES = (type, texts) -> texts.stream()
            .map(text -> Math.toRadians(Double.parseDouble(text)))
            .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
            .toArray(float[][]::new);

    private static final Mining ONCE = new Mining(1, () -> {});

    @Test
    void takesTheNearestBehindThoseItSkips() {
        // Given
        LearningConfig config = config("mining-skip", "2", "mining-ceiling", "1", "hard-negatives", "3");

        // When
        List<String> negatives = mined(config, example("0", "5"), pool(10, 20, 30, 40, 50, 60, 70));

        // Then
        assertThat(negatives).containsExactly("30", "40", "50");
    }

    @Test
    void looksNoDeeperThanItIsTold() {
        // Given
        LearningConfig config =
                config("mining-skip", "2", "mining-depth", "2", "mining-ceiling", "1", "hard-negatives", "5");

        // When
        List<String> negatives = mined(config, example("0", "5"), pool(10, 20, 30, 40, 50, 60, 70));

        // Then
        assertThat(negatives).containsExactly("30", "40");
    }

    @Test
    void drawsFromTheWholeRangeAndNothingElse() {
        // Given ranks 2 to 5 of seven texts
        LearningConfig config = config(
                "mining-skip",
                "2",
                "mining-depth",
                "4",
                "mining-ceiling",
                "1",
                "mining-choice",
                "random",
                "hard-negatives",
                "1");
        List<Example> window = new ArrayList<>(pool(10, 20, 30, 40, 50, 60, 70));
        Example asked = example("0", "5");
        MiningPool pool = new MiningPool(window, List.of(), 100);

        // When
        List<String> drawn = LongStream.range(0, 400)
                .mapToObj(seed -> new RankRangeMiner(config)
                        .mine(List.of(asked), pool, ANGLES, new Mining(seed, () -> {}))
                        .get(0)
                        .negatives()
                        .get(0))
                .toList();

        // Then each of the four a quarter of the time
        Map<String, Long> counts = drawn.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        assertThat(counts).containsOnlyKeys("30", "40", "50", "60");
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(60L, 140L));
    }

    @Test
    void theSameSeedDrawsTheSameNegatives() {
        // Given
        LearningConfig config = config("mining-ceiling", "1", "mining-choice", "random", "hard-negatives", "3");
        List<Example> pool = pool(10, 20, 30, 40, 50, 60, 70);

        // When
        List<String> once = mined(config, example("0", "5"), pool);
        List<String> again = mined(config, example("0", "5"), pool);

        // Then
        assertThat(once).isEqualTo(again).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void noNegativeIsNearerThanThePositiveWhicheverSideOfNothingItLies() {
        // Given cos 110 degrees = -.342; less .05 of it = -.359 = cos 111.04 degrees
        LearningConfig config = config("mining-skip", "0", "mining-ceiling", "0.95", "hard-negatives", "9");

        // When
        List<String> negatives = mined(config, example("0", "110"), pool(90.0, 108.0, 109.0, 110.5, 112.0, 130.0));

        // Then
        assertThat(negatives).containsExactly("112.0", "130.0");
    }

    @Test
    void tellsThatItGoesOnEveryFewHundredExamples() {
        // Given
        List<Example> window = pool(IntStream.range(0, 1000).map(i -> i % 90).toArray());
        AtomicInteger told = new AtomicInteger();

        // When
        new RankRangeMiner(config())
                .mine(window, new MiningPool(window, List.of(), 9), ANGLES, new Mining(1, told::incrementAndGet));

        // Then
        assertThat(told).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void leavesOutWhatIsNotSoFarBelowThePositive() {
        // Given cos 40 degrees = .766, less .1 = .666 = cos 48.2 degrees
        LearningConfig config =
                config("mining-skip", "0", "mining-ceiling", "1", "mining-margin", "0.1", "hard-negatives", "2");

        // When
        List<String> negatives = mined(config, example("0", "40"), pool(42, 48, 49, 60));

        // Then
        assertThat(negatives).containsExactly("49", "60");
    }

    @Test
    void leavesOutWhatIsNearerThanAnyNegativeMayBe() {
        // Given cos 60 degrees = .5
        LearningConfig config = config("mining-skip", "0", "mining-max-score", "0.5", "hard-negatives", "2");

        // When
        List<String> negatives = mined(config, example("0", "10"), pool(30, 59, 61, 70));

        // Then
        assertThat(negatives).containsExactly("61", "70");
    }

    @Test
    void whatItsReplayIsAPairWithIsNoNegative() {
        // Given the same question, answered otherwise before
        Example asked = example("0", "5");
        MiningPool pool = new MiningPool(List.of(asked), List.of(example("0", "20"), example("80", "30")), 100);

        // When
        List<Example> mined = new RankRangeMiner(config("mining-skip", "0", "hard-negatives", "9"))
                .mine(List.of(asked), pool, ANGLES, ONCE);

        // Then
        assertThat(mined.get(0).negatives()).containsExactly("30");
    }

    @Test
    void leavesOutWhatIsAlmostAsNearAsThePositive() {
        // Given cos 40 degrees = .766, times .95 = .728 = cos 43.3 degrees
        LearningConfig config = config("mining-skip", "0", "mining-ceiling", "0.95", "hard-negatives", "2");

        // When
        List<String> negatives = mined(config, example("0", "40"), pool(10, 39, 42, 44, 60));

        // Then
        assertThat(negatives).containsExactly("44", "60");
    }

    @Test
    void neverMinesTheAnchorItsPositivesOrItsGroup() {
        // Given
        Example asked = grouped("0", "5", "g");
        List<Example> window = List.of(
                asked,
                example("0", "30"),
                grouped("80", "35", "g"),
                example("70", "0"),
                grouped("75", "40", "other"),
                example("60", "45"));
        LearningConfig config = config("mining-skip", "0", "hard-negatives", "10");

        // When
        List<Example> mined =
                new RankRangeMiner(config).mine(window, new MiningPool(window, List.of(), 100), ANGLES, ONCE);

        // Then
        assertThat(mined).hasSameSizeAs(window);
        assertThat(mined.get(0).negatives()).containsExactly("40", "45");
    }

    @Test
    void minesFromReplayToo() {
        // Given
        List<Example> window = List.of(example("0", "5"));
        MiningPool pool = new MiningPool(window, List.of(example("90", "50")), 100);

        // When
        List<Example> mined = new RankRangeMiner(config("mining-skip", "0")).mine(window, pool, ANGLES, ONCE);

        // Then
        assertThat(mined.get(0).negatives()).containsExactly("50");
    }

    @Test
    void leavesATextAloneAsItIs() {
        // Given
        Example alone =
                new Example("0", Optional.empty(), OptionalDouble.empty(), List.of("3"), Optional.empty(), 1, "test");

        // When
        List<String> negatives = mined(config("mining-skip", "0"), alone, pool(10, 20));

        // Then
        assertThat(negatives).containsExactly("3");
    }

    private static LearningConfig config(String... settings) {
        return Configs.learning(settings);
    }

    private static List<String> mined(LearningConfig config, Example example, List<Example> others) {
        List<Example> window = new ArrayList<>(others);
        window.add(0, example);
        MiningPool pool = new MiningPool(window, List.of(), 100);
        return new RankRangeMiner(config)
                .mine(List.of(example), pool, ANGLES, ONCE)
                .get(0)
                .negatives();
    }

    private static List<Example> pool(double... angles) {
        return DoubleStream.of(angles)
                .mapToObj(angle -> example("-90." + (int) (10 * angle), Double.toString(angle)))
                .toList();
    }

    private static List<Example> pool(int... angles) {
        return IntStream.of(angles)
                .mapToObj(angle -> example("-90." + angle, Integer.toString(angle)))
                .toList();
    }

    private static Example example(String anchor, String positive) {
        return new Example(
                anchor, Optional.of(positive), OptionalDouble.empty(), List.of(), Optional.empty(), 1, "test");
    }

    private static Example grouped(String anchor, String positive, String group) {
        return new Example(
                anchor, Optional.of(positive), OptionalDouble.empty(), List.of(), Optional.of(group), 1, "test");
    }
}
