package dev.millrace.devstack.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordNetSourceTest {
    @Test
    void postsAndAsksWhatWasOrderedFromEveryDomainAndNeverTheSame() {
        // Given
        WordNetSource source = new WordNetSource(2000, 12_800, 7);

        // When
        Dataset data = source.read();

        // Then
        List<Example> posted = data.chapters().stream()
                .flatMap(chapter -> chapter.examples().stream())
                .toList();
        Set<String> documents = data.heldOut().stream().map(Example::document).collect(Collectors.toSet());
        Set<String> queries = data.heldOut().stream().map(Example::query).collect(Collectors.toSet());
        assertThat(posted).as("small domains run out").hasSizeBetween(12_700, 12_800);
        assertThat(data.heldOut()).hasSize(2000);
        assertThat(documents).as("every candidate counts").hasSize(2000);
        assertThat(data.chapters().stream().map(Chapter::name)).hasSize(45).doesNotHaveDuplicates();
        assertThat(posted)
                .noneMatch(example -> documents.contains(example.document()) || queries.contains(example.query()));
    }

    @Test
    void aChapterHoldsOneDomain() {
        // Given
        WordNetSource source = new WordNetSource(200, 1000, 7);

        // When
        Dataset data = source.read();

        // Then
        assertThat(data.chapters()).allSatisfy(chapter -> assertThat(chapter.examples())
                .extracting(Example::domain)
                .containsOnly(chapter.name()));
    }

    @Test
    void theSeedDecidesEverything() {
        // Given
        WordNetSource source = new WordNetSource(200, 1000, 7);

        // When
        Dataset again = new WordNetSource(200, 1000, 7).read();
        Dataset other = new WordNetSource(200, 1000, 8).read();

        // Then
        assertThat(again).isEqualTo(source.read());
        assertThat(other.heldOut()).isNotEqualTo(again.heldOut());
    }
}
