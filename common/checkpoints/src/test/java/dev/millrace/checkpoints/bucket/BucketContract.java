package dev.millrace.checkpoints.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.lineage.Race;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Bucket} does, on whatever server. */
public abstract class BucketContract {
    @TempDir
    Path folder;

    private Bucket bucket;

    public abstract Bucket newBucket();

    @BeforeEach
    void openBucket() {
        bucket = newBucket();
    }

    @Test
    void what_is_not_there_is_empty_and_no_error() {
        // Given an empty bucket
        // When a key is deleted that was never there
        bucket.delete("a/b.json");
        // Then every way of asking finds nothing
        assertThat(bucket.get("a/b.json")).isEmpty();
        assertThat(bucket.stat("a/b.json")).isEmpty();
        assertThat(bucket.open("a/b.json")).isEmpty();
        assertThat(bucket.list("")).isEmpty();
    }

    @Test
    void an_object_reads_back_with_the_etag_its_write_returned() {
        // Given
        final byte[] body = bytes("{\"a\":1}");
        // When
        final String etag = bucket.put("a/b.json", body, Condition.ALWAYS);
        // Then
        final Stored stored = bucket.get("a/b.json").orElseThrow();
        assertThat(stored.body()).isEqualTo(body);
        assertThat(stored.etag()).isEqualTo(etag).doesNotContain("\"");
    }

    @Test
    void its_conditions_are_kept() {
        // When / Then
        assertThatCode(() -> ConditionalWrites.require(bucket)).doesNotThrowAnyException();
    }

    @Test
    void an_object_is_described_by_size_and_time() {
        // Given
        bucket.put("a/b.json", bytes("12345"), Condition.ALWAYS);
        // When
        final Entry entry = bucket.stat("a/b.json").orElseThrow();
        // Then
        assertThat(entry.key()).isEqualTo("a/b.json");
        assertThat(entry.size()).isEqualTo(5);
        assertThat(Duration.between(entry.modifiedAt(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 96 << 20, (96 << 20) + 1})
    void a_file_reads_back_byte_for_byte(final int size) throws IOException {
        // Given a file that goes in one request, or one of several parts
        final byte[] body = random(size, size);
        final Path file = Files.write(folder.resolve("file"), body);
        // When
        bucket.put("versions/v/file", file, Digests.of(file), Condition.IF_ABSENT);
        // Then
        assertThat(read("versions/v/file")).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, (96 << 20) + 1})
    void a_file_never_replaces_one_that_must_be_absent(final int size) throws IOException {
        // Given
        final Path file = Files.write(folder.resolve("file"), new byte[size]);
        bucket.put("f", bytes("first"), Condition.ALWAYS);
        // When / Then
        assertThatThrownBy(() -> bucket.put("f", file, Digests.of(file), Condition.IF_ABSENT))
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(read("f")).isEqualTo(bytes("first"));
    }

    @Test
    void several_files_are_sent_and_read_at_once() {
        // Given more files than a version's transfer takes at once, one of several parts
        final List<Integer> sizes = List.of((96 << 20) + 1, 70_000, 1 << 20, 0, 5, 10 << 20, 3, 90_001);
        // When
        final List<byte[]> read = Race.of(sizes.size(), i -> sentAndRead("many/" + i, random(i, sizes.get(i))));
        // Then
        assertThat(bucket.list("many/")).hasSize(sizes.size());
        IntStream.range(0, sizes.size()).forEach(i -> assertThat(read.get(i)).isEqualTo(random(i, sizes.get(i))));
    }

    private byte[] sentAndRead(final String key, final byte[] body) {
        try {
            final Path file = Files.write(Files.createTempFile(folder, "file", ""), body);
            bucket.put(key, file, Digests.of(file), Condition.IF_ABSENT);
            return read(key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(final int seed, final int size) {
        final byte[] body = new byte[size];
        new Random(seed).nextBytes(body);
        return body;
    }

    @Test
    void a_file_that_changed_after_it_was_hashed_is_refused() throws IOException {
        // Given
        final Path file = Files.write(folder.resolve("file"), bytes("hashed"));
        final FileEntry hashed = Digests.of(file);
        Files.write(file, bytes("forged"));
        // When / Then
        assertThatThrownBy(() -> bucket.put("f", file, hashed, Condition.IF_ABSENT))
                .isInstanceOf(BucketException.class);
        assertThat(bucket.stat("f")).isEmpty();
    }

    @Test
    void a_write_with_the_etag_last_seen_replaces() {
        // Given
        final String first = bucket.put("head.json", bytes("1"), Condition.IF_ABSENT);
        // When
        final String second = bucket.put("head.json", bytes("2"), Condition.ifMatch(first));
        // Then
        assertThat(second).isNotEqualTo(first);
        assertThat(read("head.json")).isEqualTo(bytes("2"));
    }

    @Test
    void a_write_with_an_etag_of_the_past_is_refused() {
        // Given
        final String first = bucket.put("head.json", bytes("1"), Condition.IF_ABSENT);
        bucket.put("head.json", bytes("2"), Condition.ifMatch(first));
        // When / Then
        assertThatThrownBy(() -> bucket.put("head.json", bytes("3"), Condition.ifMatch(first)))
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(read("head.json")).isEqualTo(bytes("2"));
    }

    @Test
    void a_replacement_of_what_is_gone_is_refused() {
        // Given
        final String etag = bucket.put("head.json", bytes("1"), Condition.IF_ABSENT);
        bucket.delete("head.json");
        // When / Then
        assertThatThrownBy(() -> bucket.put("head.json", bytes("2"), Condition.ifMatch(etag)))
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(bucket.get("head.json")).isEmpty();
    }

    @Test
    void of_sixteen_first_writers_one_wins() {
        // Given a free key
        // When
        final List<Optional<String>> wins = Race.of(16, i -> put("race", "writer " + i, Condition.IF_ABSENT));
        // Then what is stored is the one winner's
        final List<Integer> winners = winners(wins);
        assertThat(winners).hasSize(1);
        assertThat(read("race")).isEqualTo(bytes("writer " + winners.get(0)));
    }

    @Test
    void a_listing_is_whole_sorted_and_kept_to_its_prefix() {
        // Given more keys than a server lists at once, and neighbours of the prefix
        IntStream.range(0, 1100)
                .parallel()
                .forEach(i -> bucket.put("many/%04d/f".formatted(i), bytes("x"), Condition.ALWAYS));
        bucket.put("many.json", bytes("x"), Condition.ALWAYS);
        bucket.put("man", bytes("x"), Condition.ALWAYS);
        // When
        final List<Entry> entries = bucket.list("many/");
        // Then
        assertThat(entries)
                .extracting(Entry::key)
                .containsExactlyElementsOf(IntStream.range(0, 1100)
                        .mapToObj("many/%04d/f"::formatted)
                        .toList());
        assertThat(entries).allMatch(entry -> entry.size() == 1);
    }

    final Bucket bucket() {
        return bucket;
    }

    final Optional<String> put(final String key, final String body, final Condition condition) {
        try {
            return Optional.of(new DecisiveWrite(bucket).put(key, bytes(body), condition));
        } catch (PreconditionFailedException lost) {
            return Optional.empty();
        }
    }

    static List<Integer> winners(final List<Optional<String>> wins) {
        return IntStream.range(0, wins.size())
                .filter(i -> wins.get(i).isPresent())
                .boxed()
                .toList();
    }

    final byte[] read(final String key) {
        try (InputStream in = bucket.open(key).orElseThrow()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
