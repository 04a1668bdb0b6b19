package dev.millrace.checkpoints.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.lineage.Race;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What S3 promises and s3proxy does not keep: If-Match is checked with the write. */
public abstract class StrictBucketContract extends BucketContract {
    @Test
    void of_sixteen_replacing_writers_one_wins() {
        // Given
        final String etag = bucket().put("race", bytes("before"), Condition.ALWAYS);
        // When
        final List<Optional<String>> wins = Race.of(16, i -> put("race", "writer " + i, Condition.ifMatch(etag)));
        // Then
        final List<Integer> winners = winners(wins);
        assertThat(winners).hasSize(1);
        assertThat(read("race")).isEqualTo(bytes("writer " + winners.get(0)));
    }
}
