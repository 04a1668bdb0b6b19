package dev.millrace.embedding.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.graded.CoSent;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.loss.Sum;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesTest {
    @Test
    void aNameAloneHasItsDefaultsAndTheCommonTemperature() {
        assertThat(Objectives.parse("info-nce", .02)).isEqualTo(new InfoNce(.02));
    }

    @Test
    void everyNameIsAnObjectiveWithItsDefaults() {
        for (String name : Objectives.names()) {
            assertThat(Objectives.parse(name, .05).terms()).as(name).isNotEmpty();
        }
    }

    @Test
    void aSumHasWeightsAndSettingsOfItsOwn() {
        // When
        Objective sum = Objectives.parse("info-nce(temperature=0.1, directions=both) + 0.5*cosent(scale=10)", .05);

        // Then
        assertThat(sum)
                .isEqualTo(new Sum(List.of(
                        new Sum.Part(1, new InfoNce(.1, 0, List.of(Side.ANCHORS, Side.POSITIVES))),
                        new Sum.Part(.5, new CoSent(10)))));
        assertThat(sum.name()).isEqualTo("info-nce+0.5*cosent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "infonce| \"infonce\" is no objective| it must be one of [am-softmax, angle,",
                "info-nce +| is no objective; one is written",
                "classify(classes=2.5)| classify's classes must be a whole number, but is 2.5",
                "classify(classes=1)| classify's classes must lie in [2.0, 100.0], but is 1.0",
                "0*info-nce| weight must be above 0",
                "x*info-nce| is no objective",
                "1e*info-nce| the weight of info-nce is no number: \"1e\"",
                "cosent(scale=100)| cosent's scale must lie in [0.1, 40.0], but is 100.0",
                "info-nce(temperature=warm)| info-nce's temperature is no number: \"warm\"",
                "info-nce(margin=1)| info-nce has no setting [margin]; it has [directions, hard-negative-weight, temperature]",
                "triplet(negative=easy)| triplet's negative must be one of [hardest, own, semi-hard], not \"easy\"",
                "cosent(scale)| written NAME=VALUE",
                "cosent(scale=1,scale=2)| each once"
            })
    void whatIsWrongIsRefusedByNameAndRange(String text, String reason) {
        assertThatThrownBy(() -> Objectives.parse(text, .05))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
