package dev.millrace.devstack.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynsetTest {
    @Test
    void readsWordsAndTheDefinitionWithoutItsExamples() {
        // Given a line of data.noun, pointers shortened
        String line =
                "00003553 03 n 02 whole 0 unit 0 002 @ 00002684 n 0000 + 01464634 v 0204 | an assemblage of parts that"
                        + " is regarded as a single entity; \"how big is that part compared to the whole?\"; \"the team is a unit\"  ";

        // When
        Optional<Synset> synset = Synset.parse(line);

        // Then
        assertThat(synset.map(Synset::id)).contains("00003553n");
        assertThat(synset.map(Synset::domain)).contains(3);
        assertThat(synset.map(Synset::gloss)).contains("an assemblage of parts that is regarded as a single entity");
        assertThat(synset.map(Synset::document)).contains("whole, unit");
    }

    @Test
    void takesTheMarkersOffAdjectivesAndCountsWordsInHexadecimal() {
        // Given
        String line = "00002098 00 a 0a a_b(p) 0 c(ip) 0 d 0 e 0 f 0 g 0 h 0 i 0 j 0 k 0 000 | lacking; usually";

        // When
        Optional<Synset> synset = Synset.parse(line);

        // Then
        assertThat(synset.map(Synset::document)).contains("a b, c, d, e, f, g, h, i, j, k");
        assertThat(synset.map(Synset::gloss)).contains("lacking; usually");
    }

    @Test
    void leavesOutTheLicenceAndWhatOnlyQuotes() {
        // Given
        String licence = "  1 This software and database is being provided to you, the LICENSEE, by  ";
        String quote = "00002098 00 a 01 due 0 000 | \"due north\"";

        // When
        Optional<Synset> first = Synset.parse(licence);
        Optional<Synset> second = Synset.parse(quote);

        // Then
        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
    }
}
