package dev.millrace.checkpoints.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.Drafts;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelTest {
    private static final int VERSIONS = 12;

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
    private final Channel stable = new Channel(store, "stable");

    @TempDir
    Path folder;

    @BeforeEach
    void versions() throws IOException {
        final Path model = Drafts.folder(folder, 1);
        for (int i = 0; i < VERSIONS; i++) {
            store.publish(Drafts.base("v" + i), model);
        }
    }

    @Test
    void a_promotion_remembers_where_the_channel_stood() {
        // Given
        stable.promote("v0");
        stable.promote("v1");
        // When
        stable.promote("v2");
        // Then
        assertThat(stable.pointer().orElseThrow().version()).isEqualTo("v2");
        assertThat(stable.pointer().orElseThrow().past()).containsExactly("v1", "v0");
        assertThat(stable.pointer().orElseThrow().hold()).isEmpty();
    }

    @Test
    void the_past_is_bounded() {
        // When
        IntStream.range(0, VERSIONS).forEach(i -> stable.promote("v" + i));
        // Then
        assertThat(stable.pointer().orElseThrow().past())
                .hasSize(Pointer.PAST)
                .startsWith("v10", "v9")
                .endsWith("v3");
    }

    @Test
    void rolling_back_goes_a_step_into_the_past_and_holds() {
        // Given
        stable.promote("v0");
        stable.promote("v1");
        stable.promote("v2");
        // When
        stable.rollBack("slow");
        // Then
        assertThat(stable.pointer().orElseThrow().version()).isEqualTo("v1");
        assertThat(stable.pointer().orElseThrow().past()).containsExactly("v0");
        assertThat(stable.pointer().orElseThrow().hold()).contains("slow");
    }

    @Test
    void rolling_back_further_forgets_what_lay_between() {
        // Given
        stable.promote("v0");
        stable.promote("v1");
        final Pointer current = stable.promote("v2");
        // When
        final Pointer back = stable.rollBackTo(current, "v0", "v1 is no better");
        // Then
        assertThat(back.version()).isEqualTo("v0");
        assertThat(back.past()).isEmpty();
        assertThat(back.hold()).contains("v1 is no better");
        assertThatThrownBy(() -> stable.rollBackTo(current, "v1", "late")).isInstanceOf(StalePointerException.class);
        assertThatThrownBy(() -> stable.rollBackTo(back, "v1", "never"))
                .isInstanceOf(ChannelException.class)
                .hasMessage("stable has not stood at v1 lately");
    }

    @Test
    void rolling_back_twice_never_returns_to_what_was_left() {
        // Given
        stable.promote("v0");
        stable.promote("v1");
        stable.promote("v2");
        stable.rollBack("slow");
        // When
        stable.rollBack("still slow");
        // Then
        assertThat(stable.pointer().orElseThrow().version()).isEqualTo("v0");
        assertThatThrownBy(() -> stable.rollBack("again"))
                .isInstanceOf(ChannelException.class)
                .hasMessage("stable stood nowhere before v0");
    }

    @Test
    void a_hold_keeps_the_version_and_a_release_frees_it() {
        // Given
        stable.promote("v0");
        stable.promote("v1");
        // When
        final Pointer held = stable.hold("index is rebuilt");
        final Pointer released = stable.release();
        // Then
        assertThat(held.version()).isEqualTo("v1");
        assertThat(held.hold()).contains("index is rebuilt");
        assertThat(released.hold()).isEmpty();
        assertThat(released.past()).containsExactly("v0");
    }

    @Test
    void a_pin_moves_and_holds() {
        // Given
        stable.promote("v5");
        // When
        stable.pin("v3", "known good");
        // Then
        assertThat(stable.pointer().orElseThrow().version()).isEqualTo("v3");
        assertThat(stable.pointer().orElseThrow().hold()).contains("known good");
    }

    @Test
    void a_hold_makes_what_was_seen_before_stale() {
        // Given a trainer that has looked at the channel
        final Optional<Pointer> seen = Optional.of(stable.promote("v0"));
        stable.hold("wait");
        // When / Then
        assertThatThrownBy(() -> stable.promote(seen, "v1")).isInstanceOf(StalePointerException.class);
    }

    @Test
    void what_does_not_exist_is_neither_held_nor_rolled_back() {
        // When / Then
        assertThatThrownBy(() -> stable.hold("wait")).hasMessage("there is no channel stable");
        assertThatThrownBy(() -> stable.rollBack("slow")).hasMessage("there is no channel stable");
    }

    @Test
    void a_pointer_written_before_channels_had_a_past_is_still_one() {
        // Given
        final Bucket bucket = new InMemoryBucket(clock);
        bucket.put(
                "channels/stable.json",
                "{\"schema\":1,\"version\":\"v1\",\"movedAt\":\"2026-01-01T00:00:00Z\",\"nonce\":\"n\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Condition.ALWAYS);
        // When
        final Pointer read =
                new CheckpointStore(bucket, clock).channel("stable").orElseThrow();
        // Then
        assertThat(read.past()).isEmpty();
        assertThat(read.hold()).isEmpty();
    }
}
