package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.operator.Encoders;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.resource.EncoderSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartValuesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Written by hand, so that a field that goes to the wrong value is seen. */
    @Test
    void everyFieldIsTheValueThatItIsSaidToBe() throws IOException {
        // Given
        final EncoderSpec spec = Encoders.read(text("every-field.yaml")).getSpec();

        // When
        final JsonNode values = ChartValues.of(spec, 3);

        // Then
        assertThat(values).isEqualTo(YAML.readTree(text("every-field-values.yaml")));
    }

    @Test
    void whatIsNotSaidIsLeftToTheChart() throws IOException {
        // Given
        final EncoderSpec spec = Encoders.smallest().getSpec();

        // When
        final JsonNode values = ChartValues.of(spec, 1);

        // Then
        assertThat(values).isEqualTo(YAML.readTree(text("smallest-values.yaml")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{values: {kafka: {topicPrefix: eu.}}} | spec.values.kafka.topicPrefix: it is said by spec.stream",
                "{values: {trainer: {learning: {seed: 2}}}} | spec.values.trainer.learning: it is said by"
                        + " spec.learning",
                "{values: {trainer: {replicas: 2}}} | spec.values.trainer.replicas: the operator decides it",
                "{values: {trainer: {autoscaling: {enabled: true}}}} | spec.values.trainer.autoscaling: the operator",
                "{values: {s3: {secretKey: mine}}} | spec.values.s3.secretKey: a secret is named, never written",
                "{values: {http: {token: mine}}} | spec.values.http.token: a secret is named, never written",
                "{values: {http: {tokens: {admin: mine}}}} | spec.values.http.tokens: a secret is named, never written",
                "{preset: faq, learning: {preset: search}} | spec.learning.preset: it is said twice",
            })
    void whatIsSaidTwiceOrIsASecretIsRefusedByItsField(String spec, String refusal) {
        // Given
        final EncoderSpec twice = Encoders.spec(spec);

        // When
        final TroubleException refused = catchThrowableOfType(TroubleException.class, () -> ChartValues.of(twice, 1));

        // Then
        assertThat(refused.trouble().reason()).isEqualTo("InvalidSpec");
        assertThat(refused.trouble().message()).startsWith(refusal);
    }

    private static String text(String name) throws IOException {
        try (InputStream file = ChartValuesTest.class.getResourceAsStream("/chart/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
