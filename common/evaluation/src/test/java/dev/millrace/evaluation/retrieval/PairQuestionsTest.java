package dev.millrace.evaluation.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.retrieval.PairQuestions.Asked;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairQuestionsTest {
    @Test
    void ownPositivesAndThoseOfTheGroupAnswer() {
        // When
        PairQuestions asked = PairQuestions.of(List.of(
                pair("where is my card", "card arrival", "cards"),
                pair("card is late", "card delivery", "cards"),
                pair("where is my card", "card tracking", "tracking"),
                new Asked("refund", "refund not showing", Optional.empty())));

        // Then
        assertThat(asked.queries()).containsExactly("where is my card", "card is late", "refund");
        assertThat(asked.documents())
                .containsExactly("card arrival", "card delivery", "card tracking", "refund not showing");
        assertThat(asked.questions().get(0).right()).containsExactly(0, 1, 2);
        assertThat(asked.questions().get(1).right()).containsExactly(0, 1);
        assertThat(asked.questions().get(2).right()).containsExactly(3);
    }

    @Test
    void theAnchorsOwnTextIsNoAnswerAndAloneNoQuestion() {
        // When
        PairQuestions asked = PairQuestions.of(
                List.of(pair("a", "a", "g"), pair("b", "c", "g"), new Asked("d", "d", Optional.empty())));

        // Then
        assertThat(asked.queries()).containsExactly("a", "b");
        assertThat(asked.questions().get(0).right()).containsExactly(1);
        assertThat(asked.questions().get(0).own()).containsExactly(0);
        assertThat(asked.unanswerable()).isEqualTo(1);
    }

    private static Asked pair(String anchor, String positive, String group) {
        return new Asked(anchor, positive, Optional.of(group));
    }
}
