package dev.millrace.encoder.http.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.request.RequestFailedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiTest {
    private static final OpenAi READER = new OpenAi(new Inputs(8, false));

    static Stream<String> odd() {
        return Stream.of(
                "\"metadata\":" + "{\"a\":".repeat(17) + "1" + "}".repeat(17),
                "\"metadata\":" + "[".repeat(300) + "]".repeat(300),
                "\"seed\":" + "1".repeat(1001),
                "\"" + "x".repeat(50_001) + "\":1");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void whatIsIgnoredMayBeOdd(String member) {
        // Given
        final byte[] body = utf8("{\"input\":\"hi\"," + member + "}");

        // When
        final EmbeddingsRequest request = READER.read(body).request();

        // Then
        assertThat(request.input()).isEqualTo(new EmbeddingsRequest.Texts(List.of("hi")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void onlyUtf8IsTakenWithOrWithoutAByteOrderMark(String charset) {
        // Given
        final byte[] body = "\uFEFF{\"input\":\"hi\"}".getBytes(Charset.forName(charset));

        // When
        final Throwable failure = catchThrowable(() -> READER.read(body));

        // Then
        if (charset.equals("UTF-8")) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure).hasMessageStartingWith("the body must be ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"hi\"",
                "{\"input\":\"hi\"",
                "{\"input\":\"hi\"}{\"input\":\"ho\"}",
                "{\"input\":\"hi\"}x",
                "{\"input\":\"hi\",\"dimensions\":1111111111111111111111111111111111111111}",
                "{\"input\":\"hi\",\"input\":\"ho\"}",
                "{\"input\":[\"hi\"",
                "{\"input\":[\"hi\"}"
            })
    void anythingElseIsRefusedWithAReason(String body) {
        // Given
        final byte[] bytes = utf8(body);

        // When
        final Throwable failure = catchThrowable(() -> READER.read(bytes));

        // Then
        assertThat(failure).isInstanceOfSatisfying(RequestFailedException.class, refused -> {
            assertThat(refused.failure()).isEqualTo(Failure.INVALID);
            assertThat(refused).hasMessageContaining("must");
        });
    }

    static Stream<Arguments> wishes() {
        return Stream.of(
                Arguments.of("\"task\":\"retrieval.query\"", new PromptChoice(InputType.QUERY, Optional.empty())),
                Arguments.of("\"task\":\"retrieval.passage\"", new PromptChoice(InputType.DOCUMENT, Optional.empty())),
                Arguments.of(
                        "\"task\":\"text-matching\"",
                        new PromptChoice(InputType.UNSAID, Optional.empty(), Optional.of("text-matching"))),
                Arguments.of("\"late_chunking\":false,\"normalized\":true", PromptChoice.NONE));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void whatOthersAddToTheFormIsTaken(String members, PromptChoice prompt) {
        // Given
        final byte[] body = utf8("{\"input\":[\"hi\",{\"text\":\"ho\"}]," + members + "}");

        // When
        final EmbeddingsRequest request = READER.read(body).request();

        // Then
        assertThat(request.prompt()).isEqualTo(prompt);
        assertThat(request.input()).isEqualTo(new EmbeddingsRequest.Texts(List.of("hi", "ho")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"late_chunking\":true",
                "\"return_multivector\":true",
                "\"normalized\":false",
                "\"normalize\":false",
                "\"add_special_tokens\":false",
                "\"embedding_type\":\"int8\"",
                "\"output_dtype\":\"int8\""
            })
    void whatWouldGiveOtherVectorsIsNeverPassedOver(String member) {
        // Given
        final byte[] body = utf8("{\"input\":\"hi\"," + member + "}");
        final String field = member.substring(1, member.indexOf('"', 1));

        // When
        final Throwable failure = catchThrowable(() -> READER.read(body));

        // Then
        assertThat(failure).isInstanceOfSatisfying(RequestFailedException.class, refused -> assertThat(refused.field())
                .contains(field));
    }

    @Test
    void emptyTextsAreTakenWhereThatIsConfigured() {
        // Given
        final OpenAi taking = new OpenAi(new Inputs(8, true));

        // When
        final EmbeddingsRequest request =
                taking.read(utf8("{\"input\":[\"\"]}")).request();

        // Then
        assertThat(request.input()).isEqualTo(new EmbeddingsRequest.Texts(List.of("")));
    }

    @Property
    void whateverTheBytesTheyAreReadOrRefused(@ForAll byte[] body) {
        // When
        final Throwable failure = catchThrowable(() -> READER.read(body));

        // Then
        assertThat(failure).isInstanceOf(RequestFailedException.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
