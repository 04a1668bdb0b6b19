package dev.millrace.bench.scale.constant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConstantsTest {
    @ParameterizedTest
    @EnumSource
    void everyProfileSaysWhereEachOfItsConstantsIsFrom(Profile profile) {
        // When
        Constants constants = Profile.named(profile.key()).constants();

        // Then
        assertThat(constants.rows()).hasSize(Constant.values().length).allSatisfy(row -> assertThat(row)
                .allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    @Test
    void whatIsNoConstantIsRefusedWithThoseThatThereAre() {
        // When / Then
        assertThatThrownBy(() -> Constant.named("speed")).hasMessageContaining("pair-seconds");
        assertThatThrownBy(() -> Profile.named("gpu")).hasMessageContaining("minilm-cpu");
    }

    @Test
    void aValueOutOfRangeIsRefusedByName() {
        // Given
        Constants constants = Profile.MINILM_CPU.constants();

        // When / Then
        assertThatThrownBy(() -> constants.with(Constant.STREAMS, 0, "test"))
                .hasMessage("streams must lie in 1.0..1000000000, not 0.0");
        assertThatThrownBy(() -> constants.with(Constant.PAIR_SECONDS, 0, "test"))
                .hasMessageContaining("pair-seconds must lie in");
        assertThatThrownBy(() -> constants.with(Constant.SPREAD, Double.NaN, "test"))
                .hasMessageContaining("spread must lie in 0.0..1");
    }
}
