package dev.millrace.checkpoints.ancestry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TotalsTest {
    @Property
    void adding_up_is_associative(
            @ForAll @Size(max = 8) final List<@IntRange(max = 2) Integer> topics,
            @ForAll @IntRange(max = 8) final int from,
            @ForAll @IntRange(max = 8) final int to) {
        // Given versions of two topics, some of which do not say theirs
        final List<Totals> versions = topics.stream().map(TotalsTest::version).toList();
        final int first = Math.min(Math.min(from, to), versions.size());
        final int second = Math.min(Math.max(from, to), versions.size());
        final Totals middle = sum(versions.subList(first, second));
        final Totals end = sum(versions.subList(second, versions.size()));
        // When
        final Totals sum = sum(versions.subList(0, first)).plus(middle.plus(end));
        // Then
        assertThat(sum).isEqualTo(sum(versions));
        assertThat(sum.versions()).isEqualTo(versions.size());
        assertThat(sum.after(sum(versions.subList(0, first))).versions()).isEqualTo(versions.size() - first);
        assertThat(sum(versions.subList(0, first)).plus(sum.after(sum(versions.subList(0, first)))))
                .isEqualTo(sum);
        assertThat(sum.records().trained()).isEqualTo(versions.size());
    }

    private static Totals sum(final List<Totals> versions) {
        return versions.stream().reduce(Totals.NONE, Totals::plus);
    }

    private static Totals version(final int topic) {
        final Optional<TopicIdentity> identity =
                topic == 0 ? Optional.empty() : Optional.of(new TopicIdentity("pairs", "id" + topic, 1));
        return new Totals(List.of(new TopicRun(identity, 1, new Records(1, 0, 0, 0))));
    }

    @Test
    void a_version_that_does_not_say_its_topic_is_of_its_parents() {
        // Given versions of topics unknown, 1, unknown, 2, unknown
        final Totals sum = sum(List.of(version(0), version(1), version(0), version(2), version(0)));
        // When
        final List<TopicIdentity> topics = sum.topicsAfter(1);
        // Then
        assertThat(topics).extracting(TopicIdentity::id).containsExactly("id1", "id2");
        assertThat(sum.topicsAfter(3)).extracting(TopicIdentity::id).containsExactly("id2");
        assertThat(sum.topic().map(TopicIdentity::id)).contains("id2");
        assertThat(sum.topics()).extracting(TopicRun::versions).containsExactly(1L, 2L, 2L);
    }

    @Test
    void runs_that_are_one_are_refused() {
        // Given
        final TopicRun run = version(1).topics().get(0);
        // When / Then
        assertThatThrownBy(() -> new Totals(List.of(run, run)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("topics: ");
    }
}
