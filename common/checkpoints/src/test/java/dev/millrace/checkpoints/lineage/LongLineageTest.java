package dev.millrace.checkpoints.lineage;

import static dev.millrace.checkpoints.lineage.Planted.NOW;
import static dev.millrace.checkpoints.lineage.Planted.at;
import static dev.millrace.checkpoints.lineage.Planted.name;
import static dev.millrace.checkpoints.lineage.Planted.plant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.ancestry.AncestorSum;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a long lineage costs whoever adds it up, or looks for one of its versions. */
final class LongLineageTest {
    private static final int FIRST = 7;

    private final CountingBucket bucket = new CountingBucket(new InMemoryBucket(at(NOW)));
    private final CheckpointStore store = new CheckpointStore(bucket, at(NOW));

    @ParameterizedTest
    @ValueSource(ints = {511, 8_191})
    void it_is_added_up_and_searched_without_being_read(final int length) {
        // Given a lineage whose last summary is as far back as it may be
        for (int i = 0; i <= length; i++) {
            plant(bucket, i, Math.max(0, i - 1));
            store.summarize(name(i));
        }
        bucket.forget();
        // When
        final AncestorSum sum = store.ancestors().sum(name(length));
        final int summed = bucket.gets();
        final Optional<?> found = store.ancestors().find(name(length), name(FIRST));
        // Then
        assertThat(sum.totals().versions()).isEqualTo(length + 1L);
        assertThat(sum.totals().records().trained()).isEqualTo((length + 1L) * Drafts.RECORDS.trained());
        assertThat(summed).isLessThan(265);
        assertThat(found).isPresent();
        assertThat(bucket.gets() - summed).isLessThan(540);
        assertThat(bucket.listings()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 8_192})
    void a_summary_costs_what_was_published_since_the_last(final int length) {
        // Given
        for (int i = 0; i <= length; i++) {
            plant(bucket, i, Math.max(0, i - 1));
            store.summarize(name(Math.min(i, length - 1)));
        }
        bucket.forget();
        // When
        store.summarize(name(length));
        // Then
        assertThat(bucket.gets()).isLessThan(300);
    }
}
