package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Condition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusedVersionTest {
    private static final String REFUSED = "millrace.encoder.refused.versions";

    @TempDir
    private Path cache;

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @Test
    void anAlteredVersionIsRefusedAndTheServingOneGoesOn() throws Exception {
        // Given
        final String good = rig.serve("good");
        final String altered = rig.publisher.publish("better");
        tamper(altered, "BETTER");
        rig.publisher.point(Rig.CHANNEL, altered);

        // When
        rig.follower.check();

        // Then
        assertThat(rig.count(REFUSED, "fault", "altered")).isEqualTo(1);
        assertThat(rig.ask("x").get(30, TimeUnit.SECONDS).version().version()).isEqualTo(good);
        assertThat(cache.resolve("versions").resolve(altered)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unloadable", "infinite"})
    void aVersionThatGivesNoVectorsIsRefusedAndFreed(String weights) {
        // Given
        final String good = rig.serve("good");
        rig.publisher.move(Rig.CHANNEL, weights);

        // When
        rig.follower.check();

        // Then
        final String fault = weights.equals("infinite") ? "unfit" : "unloadable";
        assertThat(rig.count(REFUSED, "fault", fault.toLowerCase(Locale.ROOT))).isEqualTo(1);
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(good);
        Await.until(() -> rig.models.open.get() == 1);
    }

    @Test
    void aVersionWithVectorsOfAnotherLengthThanItsSpaceIsRefused() {
        // Given
        final String good = rig.serve("good");
        rig.publisher.move(Rig.CHANNEL, "wide");

        // When
        rig.follower.check();

        // Then
        assertThat(rig.count(REFUSED, "fault", "unfit")).isEqualTo(1);
        assertThat(rig.follower.trouble().orElseThrow())
                .contains("makes vectors of 16 numbers, those of space space-of-tests have 8");
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(good);
    }

    @Test
    void aVersionWhoseGoldenVectorsDifferIsRefused() {
        // Given
        final String good = rig.serve("good");
        final String golden = "{\"texts\":[\"a\"],\"vectors\":[[1,0,0,0,0,0,0,0]],\"tolerance\":0.001}";
        rig.publisher.point(Rig.CHANNEL, rig.publisher.publish("drifted", Map.of("golden.json", golden)));

        // When
        rig.follower.check();

        // Then
        assertThat(rig.count(REFUSED, "fault", "unfit")).isEqualTo(1);
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(good);
    }

    @Test
    void aVersionWithItsOwnGoldenVectorsIsServed() {
        // Given
        final float[] vector = FakeModels.vector("golden", "a");
        final String golden =
                "{\"texts\":[\"a\"],\"vectors\":[%s],\"tolerance\":0.00001}".formatted(Arrays.toString(vector));
        final String version = rig.publisher.publish("golden", Map.of("golden.json", golden));
        rig.publisher.point(Rig.CHANNEL, version);

        // When
        rig.follower.check();

        // Then
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"coarse, 0.009, true", "coarse, 0.012, false", "fine, 0.009, false"})
    void goldenVectorsAreAllowedForWhatThePrecisionRounds(String weights, float off, boolean served) {
        // Given
        final float[] vector = FakeModels.vector(weights, "a");
        vector[0] += off;
        final String golden =
                "{\"texts\":[\"a\"],\"vectors\":[%s],\"tolerance\":0.001}".formatted(Arrays.toString(vector));
        final String version = rig.publisher.publish(weights, Map.of("golden.json", golden));
        rig.publisher.point(Rig.CHANNEL, version);

        // When
        rig.follower.check();

        // Then
        assertThat(rig.served.info().isPresent()).isEqualTo(served);
    }

    @Test
    void aRefusedVersionIsTriedAgainOnlyAfterAPauseThatGrows() {
        // Given
        final String altered = rig.publisher.publish("v");
        tamper(altered, "V");
        rig.publisher.point(Rig.CHANNEL, altered);
        rig.follower.check();

        // When
        for (int second = 0; second < 7; second++) {
            rig.pass(Duration.ofSeconds(1));
            rig.follower.check();
        }

        // Then: at 0, 2 and 6 seconds
        assertThat(rig.count(REFUSED, "fault", "altered")).isEqualTo(3);
    }

    @Test
    void aRefusedVersionThatWasRepairedIsServedAtLast() {
        // Given
        final String version = rig.publisher.publish("v");
        tamper(version, "V");
        rig.publisher.point(Rig.CHANNEL, version);
        rig.follower.check();
        tamper(version, "v");
        rig.pass(Duration.ofSeconds(2));

        // When
        rig.follower.check();

        // Then
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void aCopyAlteredOnDiskIsFetchedAgain() throws Exception {
        // Given
        final String first = rig.serve("first");
        rig.serve("second");
        Files.writeString(cache.resolve("versions").resolve(first).resolve(FakeModels.WEIGHTS), "f1rst");
        rig.publisher.point(Rig.CHANNEL, first);

        // When
        rig.follower.check();

        // Then
        assertThat(rig.ask("x").get(30, TimeUnit.SECONDS).vectors().get(0))
                .containsExactly(FakeModels.vector("first", "x"));
    }

    @Test
    void theDiskHoldsTheServedAndThePreviousVersionWithoutTrainingState() throws Exception {
        // Given, with the first one freed, which happens on its own thread
        rig.serve("first");
        final String previous = rig.serve("second");
        Await.until(() -> rig.models.open.get() == 1);

        // When
        final String served = rig.serve("third");

        // Then
        assertThat(cache.resolve("versions").toFile().list()).containsExactlyInAnyOrder(previous, served);
        assertThat(cache.resolve("versions").resolve(served).toFile().list()).containsExactly(FakeModels.WEIGHTS);
    }

    private void tamper(String version, String weights) {
        final String key = "versions/" + version + "/" + FakeModels.WEIGHTS;
        rig.bucket.put(key, weights.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
    }
}
