package dev.millrace.checkpoints.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpacesTest {
    private static final Space PRODUCTS = new Space(
            "products",
            "v000012-3fa91c07",
            Instant.parse("2026-12-01T06:00:00.125Z"),
            List.of("a \"chair\"", "Stühle\n"),
            List.of(new float[] {0.6f, -0.8f}, new float[] {0.70710677f, 0.70710677f}));

    private final Bucket bucket = new InMemoryBucket(Clock.systemUTC());
    private final Spaces spaces = new Spaces(bucket);

    @Test
    void whatIsWrittenIsRead() {
        // Given
        spaces.write(PRODUCTS);

        // When
        final Space read = spaces.read("products").orElseThrow();

        // Then
        assertThat(read).usingRecursiveComparison().isEqualTo(PRODUCTS);
        assertThat(spaces.names()).containsExactly("products");
    }

    @Test
    void aSpaceIsNeverWrittenOver() {
        // Given
        final Space other = new Space("products", "v1", Instant.EPOCH, PRODUCTS.texts(), PRODUCTS.vectors());
        spaces.write(PRODUCTS);
        spaces.write(PRODUCTS);

        // Then
        assertThatThrownBy(() -> spaces.write(other)).isInstanceOf(SpaceExistsException.class);
    }

    @Test
    void oneThatWasRemovedIsNotThere() {
        // Given
        spaces.write(PRODUCTS);

        // When
        spaces.remove("products");

        // Then
        assertThat(spaces.read("products")).isEmpty();
    }

    @Test
    void anAlteredOneIsRefused() {
        // Given
        spaces.write(PRODUCTS);
        final String key = "spaces/products.json";
        final String json = new String(bucket.get(key).orElseThrow().body(), StandardCharsets.UTF_8);
        bucket.delete(key);
        bucket.put(key, json.replace("chair", "Chair").getBytes(StandardCharsets.UTF_8), Condition.IF_ABSENT);

        // Then
        assertThatThrownBy(() -> spaces.read("products"))
                .isInstanceOf(AlteredSpaceException.class)
                .hasMessageContaining("another hash");
    }

    @Test
    void aVectorThatIsNotOfNorm1IsRefused() {
        assertThatThrownBy(() -> new Space(
                        "products", "v1", Instant.EPOCH, List.of("a"), List.<float[]>of(new float[] {0.6f, 0.6f})))
                .hasMessageContaining("number 0 is no vector of norm 1");
    }
}
