package dev.millrace.checkpoints.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.ConditionalWrites;
import dev.millrace.checkpoints.bucket.ConditionsNotKeptException;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.Drafts;
import dev.millrace.checkpoints.pointer.Pointer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3BucketTest {
    @TempDir
    Path folder;

    @Test
    void a_server_that_is_not_there_is_unavailable() throws IOException {
        // Given
        final int port = closedPort();
        // When / Then
        assertThatThrownBy(() -> S3Bucket.connect(S3Server.settings(port, S3Server.SECRET_KEY)))
                .isInstanceOf(BucketUnavailableException.class);
    }

    @Test
    void a_server_that_comes_late_is_waited_for() throws IOException {
        // Given
        final int port = closedPort();
        final Bucket bucket = S3Bucket.lazily(S3Server.settings(port, S3Server.SECRET_KEY));
        assertThatThrownBy(() -> bucket.get("head.json")).isInstanceOf(BucketUnavailableException.class);
        assertThatThrownBy(() -> bucket.list("versions/")).isInstanceOf(BucketUnavailableException.class);

        try (CuttingRelay late = new CuttingRelay(port, S3Server.s3proxy().port())) {
            // When
            bucket.put("late/" + late.port(), new byte[1], Condition.ALWAYS);

            // Then
            assertThat(bucket.list("late/" + late.port())).hasSize(1);
        }
    }

    @Test
    void a_bucket_that_is_only_looked_at_is_not_made() {
        // Given
        final S3Settings there = S3Server.s3proxy().settings();
        final S3Settings absent = new S3Settings(
                there.endpoint(), "us-east-1", "no-such-bucket", "", S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
        // When / Then
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> S3Bucket.existing(absent))
                    .isInstanceOf(BucketException.class)
                    .hasMessageContaining("no-such-bucket");
        }
    }

    @Test
    void keys_that_may_only_touch_a_prefix_are_enough() throws IOException {
        // Given
        try (QuirkyS3 server = new QuirkyS3("team-a/");
                S3Bucket bucket = S3Bucket.connect(server.settings("team-a"))) {
            // When
            bucket.put("head.json", new byte[] {1}, Condition.ALWAYS);
            // Then
            assertThat(bucket.get("head.json")).isPresent();
            assertThat(server.asked()).allSatisfy(request -> assertThat(request).contains(" /millrace/team-a/"));
        }
    }

    @Test
    void keys_of_another_prefix_are_denied_by_name() throws IOException {
        // Given
        try (QuirkyS3 server = new QuirkyS3("team-b/")) {
            // When / Then
            assertThatThrownBy(() -> S3Bucket.existing(server.settings("team-a")))
                    .isInstanceOf(BucketAccessDeniedException.class)
                    .hasMessageContaining("team-a/head.json in bucket millrace: the bucket answered 403 AccessDenied");
        }
    }

    @Test
    void a_bucket_that_is_not_there_and_may_not_be_made_is_denied() throws IOException {
        // Given
        try (QuirkyS3 server = new QuirkyS3("team-a/").withoutBucket()) {
            // When / Then
            assertThatThrownBy(() -> S3Bucket.connect(server.settings("team-a")))
                    .isInstanceOf(BucketAccessDeniedException.class)
                    .hasMessageContaining("there is no bucket millrace, and it cannot be made: ");
        }
    }

    @Test
    void a_server_without_conditional_writes_is_refused_and_not_asked_again() throws IOException {
        // Given
        try (QuirkyS3 server = new QuirkyS3("").withoutConditions();
                S3Bucket bucket = S3Bucket.lazily(server.settings("team-a"))) {
            // When / Then
            assertThatThrownBy(() -> ConditionalWrites.require(bucket))
                    .isInstanceOf(ConditionsNotKeptException.class)
                    .hasMessageStartingWith("the bucket does not take conditional writes (If-None-Match: *): ")
                    .hasMessageContaining("501 NotImplemented");
        }
    }

    @Test
    void a_server_that_ignores_conditional_writes_is_refused() throws IOException {
        // Given
        try (QuirkyS3 server = new QuirkyS3("");
                S3Bucket bucket = S3Bucket.lazily(server.settings("team-a"))) {
            // When / Then
            assertThatThrownBy(() -> ConditionalWrites.require(bucket))
                    .isInstanceOf(ConditionsNotKeptException.class)
                    .hasMessageContaining("ignores If-None-Match: *");
        }
    }

    @Test
    void a_wrong_secret_is_denied_and_not_shown() {
        // Given
        final S3Settings settings = S3Server.settings(S3Server.s3proxy().port(), "not-the-secret");
        // When / Then
        assertThatThrownBy(() -> S3Bucket.connect(settings))
                .isInstanceOf(BucketAccessDeniedException.class)
                .hasMessageNotContaining("not-the-secret");
    }

    @Test
    void settings_do_not_show_their_secrets() {
        // Given
        final S3Settings settings = S3Server.settings(9000, "the-secret");
        // When
        final String shown = settings.toString();
        // Then
        assertThat(shown).contains("127.0.0.1:9000").doesNotContain("the-secret", S3Server.ACCESS_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x, us-east-1, bucket, '', endpoint",
        "http://user:pass@x, us-east-1, bucket, '', endpoint",
        "http://x, ' ', bucket, '', region",
        "http://x, us-east-1, B, '', bucket",
        "http://x, us-east-1, bucket, ../up, prefix",
        "http://x, us-east-1, bucket, /absolute, prefix"
    })
    void settings_out_of_range_are_refused_by_name(
            final String endpoint, final String region, final String bucket, final String prefix, final String named) {
        // When / Then
        assertThatThrownBy(() -> new S3Settings(endpoint, region, bucket, prefix, "user", "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named + ":");
    }

    @Test
    void buckets_with_other_prefixes_do_not_see_each_other() {
        // Given
        final Bucket one = S3Bucket.connect(S3Server.s3proxy().settings());
        final Bucket other = S3Bucket.connect(S3Server.s3proxy().settings());
        // When
        one.put("a", new byte[] {1}, Condition.ALWAYS);
        // Then
        assertThat(one.list("")).extracting(Entry::key).containsExactly("a");
        assertThat(other.list("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"head.json", "guards/head.json"})
    void a_move_whose_answer_is_lost_on_the_wire_is_known_to_be_won(final String object) throws IOException {
        // Given
        try (CuttingRelay relay = new CuttingRelay(S3Server.s3proxy().port())) {
            final CheckpointStore store = new CheckpointStore(
                    S3Bucket.connect(S3Server.settings(relay.port(), S3Server.SECRET_KEY)), Clock.systemUTC());
            store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
            final Pointer seen = store.moveHead(Optional.empty(), "v0");
            relay.cutAnswerTo("PUT", "/" + object, 0);
            // When
            final Pointer moved = store.moveHead(Optional.of(seen), "v0");
            // Then
            assertThat(relay.cuts()).isEqualTo(1);
            assertThat(moved).isNotEqualTo(seen);
            assertThat(store.head()).contains(moved);
        }
    }

    @Test
    void an_object_that_breaks_off_is_unavailable_and_leaves_nothing() throws IOException {
        // Given
        try (CuttingRelay relay = new CuttingRelay(S3Server.s3proxy().port())) {
            final CheckpointStore store = new CheckpointStore(
                    S3Bucket.connect(S3Server.settings(relay.port(), S3Server.SECRET_KEY)), Clock.systemUTC());
            store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
            final Path target = folder.resolve("cache/v0");
            relay.cutAnswerTo("GET", "/model.safetensors", 1);
            // When / Then
            assertThatThrownBy(() -> store.download("v0", target, path -> true))
                    .isInstanceOf(BucketUnavailableException.class);
            assertThat(target.getParent()).isEmptyDirectory();
            assertThat(store.download("v0", target, path -> true).version()).isEqualTo("v0");
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
