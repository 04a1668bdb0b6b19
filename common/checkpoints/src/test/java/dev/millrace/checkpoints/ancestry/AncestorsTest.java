package dev.millrace.checkpoints.ancestry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.Lineage;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What summaries say is what manifests say, whatever is missing or altered. */
final class AncestorsTest {
    private final Bucket bucket = new InMemoryBucket(Clock.systemUTC());
    private final CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());
    private final Ancestors ancestors = new Ancestors(bucket);

    @Property(tries = 10)
    void a_sum_by_summaries_is_the_sum_by_manifests(
            @ForAll @Size(min = 2, max = 4) final List<@IntRange(min = 1, max = 600) Integer> branches,
            @ForAll final Random random) {
        // Given a tree of versions, some of whose summaries were never made, were removed or are damaged
        final Tree tree = new Tree(bucket, random.nextLong());
        final List<String> tips = new ArrayList<>();
        for (final int length : branches) {
            tree.recordTopics(random.nextInt(4) > 0);
            tree.grow(length, head -> Optional.of(head)
                    .filter(any -> random.nextInt(5) > 0)
                    .ifPresent(store::summarize));
            tips.add(tree.head());
            tree.back(random.nextInt(600));
            Optional.of(tree).filter(any -> random.nextInt(4) == 0).ifPresent(Tree::adopt);
        }
        bucket.list(Layout.SUMMARIES).forEach(entry -> damage(entry.key(), random.nextInt(12)));
        for (final String tip : tips) {
            final List<Manifest> newestFirst = store.lineage(tip).manifests();
            // When
            final AncestorSum sum = ancestors.sum(tip);
            // Then
            assertThat(sum.isComplete()).isTrue();
            assertThat(sum.totals()).isEqualTo(totals(newestFirst));
            assertThat(sum.totals().records()).isEqualTo(store.lineage(tip).records());
            assertFound(tip, newestFirst, tree.published, random);
        }
    }

    private void assertFound(
            final String tip, final List<Manifest> lineage, final List<Manifest> all, final Random random) {
        final Set<String> there = lineage.stream().map(Manifest::version).collect(Collectors.toSet());
        for (int i = 0; i < 20; i++) {
            final Manifest sought = all.get(random.nextInt(all.size()));
            assertThat(ancestors.find(tip, sought.version()))
                    .isEqualTo(Optional.of(sought).filter(any -> there.contains(sought.version())));
        }
    }

    private void damage(final String key, final int kind) {
        if (kind == 0) {
            bucket.delete(key);
        } else if (kind == 1) {
            final byte[] body = bucket.get(key).orElseThrow().body();
            body[body.length / 2] ^= 1;
            bucket.put(key, body, Condition.ALWAYS);
        }
    }

    private static Totals totals(final List<Manifest> newestFirst) {
        final List<Manifest> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return sum(oldestFirst);
    }

    private static Totals sum(final List<Manifest> oldestFirst) {
        return oldestFirst.stream().map(Totals::of).reduce(Totals.NONE, Totals::plus);
    }

    @Test
    void a_lineage_without_summaries_is_summed_by_manifests_and_summarized_when_one_is_due() {
        // Given a lineage as an older Millrace left it
        final Tree tree = new Tree(bucket, 1);
        tree.grow(1023, head -> {});
        assertThat(ancestors.sum(tree.head()).unusable())
                .containsExactlyElementsOf(
                        Stream.of(768, 512, 256).map(i -> missing(tree, i)).toList());
        // When
        tree.grow(1, store::summarize);
        // Then
        assertThat(bucket.list(Layout.SUMMARIES)).hasSize(4);
        assertThat(ancestors.sum(tree.head()).summarized()).contains(tree.head());
        assertThat(ancestors.sum(tree.head()).totals())
                .isEqualTo(totals(store.lineage(tree.head()).manifests()));
    }

    private static SummaryLook missing(final Tree tree, final int sequence) {
        return new SummaryLook.Missing(tree.published.get(sequence).version());
    }

    @Test
    void a_summary_that_was_removed_is_made_again_as_it_was() {
        // Given
        final Tree tree = new Tree(bucket, 2);
        tree.grow(768, store::summarize);
        final String key = Layout.summary(tree.published.get(512).version());
        final byte[] before = bucket.get(key).orElseThrow().body();
        bucket.delete(key);
        assertThat(ancestors.summary(tree.head())).isInstanceOf(SummaryLook.Altered.class);
        // When
        tree.grow(256, store::summarize);
        // Then
        assertThat(bucket.get(key).orElseThrow().body()).isEqualTo(before);
        assertThat(ancestors.summary(tree.published.get(768).version())).isInstanceOf(SummaryLook.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"number\" : 2->\"number\" : 3",
                "\"trained\" : ->\"trained\" : 1",
                "\"schema\" : 1->\"schema\" : 2",
                "{->[",
            })
    void an_altered_summary_is_not_used_and_stays_until_a_person_has_seen_it(final String change) {
        // Given
        final Tree tree = new Tree(bucket, 3);
        tree.grow(600, store::summarize);
        final String altered = tree.published.get(512).version();
        final String[] edit = change.split("->", 2);
        final String text =
                new String(bucket.get(Layout.summary(altered)).orElseThrow().body(), StandardCharsets.UTF_8);
        final byte[] edited = text.replace(edit[0], edit[1]).getBytes(StandardCharsets.UTF_8);
        bucket.put(Layout.summary(altered), edited, Condition.ALWAYS);
        // When
        final AncestorSum sum = ancestors.sum(tree.head());
        store.summarize(altered);
        // Then
        assertThat(sum.unusable()).singleElement().isInstanceOf(SummaryLook.Altered.class);
        assertThat(sum.summarized()).contains(tree.published.get(256).version());
        assertThat(sum.totals()).isEqualTo(sum(tree.published));
        assertThat(bucket.get(Layout.summary(altered)).orElseThrow().body()).isEqualTo(edited);
    }

    @Test
    void a_summary_is_not_used_for_another_manifest() {
        // Given
        final Tree tree = new Tree(bucket, 4);
        tree.grow(300, store::summarize);
        final String version = tree.published.get(256).version();
        bucket.put(Layout.manifest(version), new byte[] {'{', '}'}, Condition.ALWAYS);
        // When
        final SummaryLook look = ancestors.summary(version);
        // Then
        assertThat(look).isEqualTo(new SummaryLook.Altered(version, "manifestSha256: the manifest is another"));
    }

    @Test
    void a_lineage_in_which_something_is_wrong_is_not_summed_up() {
        // Given offsets that went back once
        final Tree tree = new Tree(bucket, 5);
        tree.grow(300, store::summarize);
        tree.goBack();
        // When
        tree.grow(300, store::summarize);
        // Then
        assertThat(bucket.list(Layout.SUMMARIES)).hasSize(1);
        assertThat(ancestors.sum(tree.head()).totals().versions()).isEqualTo(602);
    }

    @Test
    void a_lineage_with_a_gap_says_where_unless_a_summary_covers_it() {
        // Given
        final Tree tree = new Tree(bucket, 6);
        tree.grow(300, store::summarize);
        final String old = tree.published.get(100).version();
        bucket.delete(Layout.manifest(old));
        // When
        final AncestorSum covered = ancestors.sum(tree.head());
        final AncestorSum torn = ancestors.sum(tree.published.get(200).version());
        // Then
        assertThat(covered.totals()).isEqualTo(sum(tree.published));
        assertThat(torn.gap()).contains(old);
        assertThat(torn.totals().versions()).isEqualTo(100);
        assertThat(new Lineage.End.Missing(old))
                .isEqualTo(store.lineage(tree.head()).end());
    }
}
