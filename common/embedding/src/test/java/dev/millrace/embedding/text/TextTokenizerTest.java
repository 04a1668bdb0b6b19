package dev.millrace.embedding.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.text.Tokenization.Encodable;
import dev.millrace.embedding.text.Tokenization.Unencodable;
import dev.millrace.embedding.train.FamilyModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against ids that Hugging Face's library gave from Python: {@code golden/tokenizers.py}. */
class TextTokenizerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bpe", "unigram"})
    void idsEqualThoseOfPython(String kind) throws IOException {
        // Given a tokenizer.json whose own padding and truncation are others than the model's
        JsonNode golden = new ObjectMapper().readTree(getClass().getResourceAsStream("/golden/tokenizers.json"));
        List<String> texts = new ArrayList<>();
        golden.path("texts").forEach(text -> texts.add(text.asText()));
        FamilyModels.write(folder, "roberta", "");
        int maxTokens = golden.path("maxTokens").asInt();
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": " + maxTokens + "}");
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceAll("(\"vocab_size\": ?)\\d+", "$1400"));
        try (InputStream file = getClass().getResourceAsStream("/golden/" + kind + "-tokenizer.json")) {
            Files.copy(file, folder.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
        }

        // When
        List<Tokens> tokens;
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            tokens = tokenizer.tokenize(texts);
        }

        // Then
        assertThat(tokens).isEqualTo(FamilyModels.texts(golden.path(kind))).hasSize(12);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(tokens.get(i).truncated())
                    .as(texts.get(i))
                    .isEqualTo(golden.path(kind + "Truncated").path(i).asBoolean());
        }
        assertThat(tokens).extracting(Tokens::truncated).contains(true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "added_tokens", "post_processor"})
    void aTokenThatTheModelHasNoRowForIsRefusedWhenTheFolderIsLoaded(String part) throws IOException {
        // Given
        Models.random(folder, 0);
        int rows = 30522;
        change(tokenizer -> {
            switch (part) {
                case "model" -> ((ObjectNode) tokenizer.at("/model/vocab")).put("<order_id>", rows);
                case "added_tokens" ->
                    ((ArrayNode) tokenizer.path(part))
                            .addObject()
                            .put("id", rows)
                            .put("content", "<order_id>");
                default ->
                    ((ArrayNode) tokenizer.at("/post_processor/special_tokens/[CLS]/ids"))
                            .removeAll()
                            .add(rows);
            }
        });

        // When, Then
        assertThatThrownBy(() -> TextTokenizer.load(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageMatching("tokenizer.json: token \".*\" has the id 30522, .*vocab_size.*");
    }

    @Test
    void aTextWithoutTokensFailsAloneAndByItsPlace() throws IOException {
        // Given a tokenizer that puts nothing around a text
        Models.random(folder, 0);
        change(tokenizer -> tokenizer.putNull("post_processor"));
        List<String> texts = List.of("hello", "\u200b\u200d", "", "world", "x".repeat(20_000) + " hello");

        // When
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            List<Tokenization> outcomes = tokenizer.tokenizeEach(texts);

            // Then
            assertThat(outcomes.get(0)).isEqualTo(new Encodable(tokenizer.tokenize("hello")));
            assertThat(outcomes.get(3)).isEqualTo(new Encodable(tokenizer.tokenize("world")));
            assertThat(outcomes.get(4)).isInstanceOf(Encodable.class);
            assertThat(outcomes.subList(1, 3)).containsOnly(new Unencodable("it has no tokens"));
            assertThatThrownBy(() -> tokenizer.tokenize(texts))
                    .isInstanceOfSatisfying(UnencodableTextException.class, refused -> assertThat(refused.index())
                            .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wordpiece, unk_token, '[NONE]', 'token \"[NONE]\"'",
        "bpe, unk_token, '[NONE]', 'token \"[NONE]\"'",
        "unigram, unk_id, , 'unk_id'"
    })
    void aTokenizerThatEndsTheProcessAtAnUnknownWordIsRefused(String kind, String key, String value, String named)
            throws IOException {
        // Given
        Path model = tokenizerOf(kind);
        change(model, tokenizer -> ((ObjectNode) tokenizer.path("model")).put(key, value));

        // When, Then
        assertThatThrownBy(() -> TextTokenizer.load(model))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("tokenizer.json: model.vocab has no " + named);
    }

    @Test
    void aMaximumThatLeavesNoRoomForATextIsRefused() throws IOException {
        // Given
        Models.random(folder, 0);
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 2}");

        // When, Then
        assertThatThrownBy(() -> TextTokenizer.load(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("tokenizer.json puts 2 tokens around a text, but the model reads no more than 2");
    }

    @Test
    void aPromptThatLeavesNoRoomForATextIsRefused() throws IOException {
        // Given
        Models.random(folder, 0);
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 5}");
        Files.writeString(
                folder.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"find what is asked\"}}");

        // When, Then
        assertThatThrownBy(() -> TextTokenizer.load(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage(
                        "config_sentence_transformers.json: prompts.query takes 5 tokens, but the model reads no more than 5");
    }

    @ParameterizedTest
    @CsvSource({"tokenizer.json, truncation.direction, Left", "tokenizer_config.json, truncation_side, left"})
    void aTokenizerThatCutsTextsAtTheirBeginningIsRefused(String file, String key, String side) throws IOException {
        // Given
        Models.random(folder, 0);
        change(tokenizer -> tokenizer.putNull("truncation"));
        if (file.equals("tokenizer.json")) {
            change(tokenizer -> tokenizer.putObject("truncation").put("direction", side));
        } else {
            Files.writeString(folder.resolve(file), "{\"truncation_side\": \"left\"}");
        }

        // When, Then
        assertThatThrownBy(() -> TextTokenizer.load(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("%s: %s is \"%s\"; supported: right", file, key, side);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordpiece", "bpe", "unigram"})
    void whiteSpaceAroundATextIsNoPartOfIt(String kind) throws IOException {
        // Given what Python's strip takes away
        String space = " \t\r\n\u000b\f\u001c\u001f\u0085\u00a0\u1680\u2003\u2007\u2028\u202f\u3000";

        // When
        try (TextTokenizer tokenizer = TextTokenizer.load(tokenizerOf(kind))) {
            List<Tokens> tokens = tokenizer.tokenize(List.of(space + "my card" + space, "my card"));

            // Then
            assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).isEqualTo(tokenizer.tokenize(space + "my card"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "\u0000", "\uffff", "\u202e\ufeff", "\ud83d"})
    void oddCharactersAreATextLikeOthers(String odd) {
        // Given
        Models.random(folder, 0);

        // When
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            List<Tokens> tokens = tokenizer.tokenize(List.of("hello", odd, "world"));

            // Then
            assertThat(tokens.get(0)).isEqualTo(tokenizer.tokenize("hello"));
            assertThat(tokens.get(1)).isEqualTo(tokenizer.tokenize(odd));
            assertThat(tokens.get(2)).isEqualTo(tokenizer.tokenize("world"));
        }
    }

    static Stream<String> longTexts() {
        String words = "Where is my new card? It cost 12.50 euros, ";
        return Stream.of(
                words.repeat(4_000),
                "x".repeat(100_000) + " hello " + words.repeat(10),
                " ".repeat(60_000) + words.repeat(3_000),
                "今天天气怎么样".repeat(6_000),
                "\ud83d\ude42".repeat(20_000),
                "a".repeat(16_383) + "\ud83d\ude42 " + words.repeat(2_000),
                "aGVsbG8gd29ybGQ".repeat(6_000),
                "e\u0301".repeat(40_000));
    }

    /** The tokenizers library itself, given the whole text. */
    @ParameterizedTest
    @MethodSource("longTexts")
    void aLongTextIsCutWhereTheWholeOneIs(String text) throws IOException {
        // Given
        for (String kind : List.of("wordpiece", "bpe", "unigram")) {
            Path model = tokenizerOf(kind);
            try (TextTokenizer tokenizer = TextTokenizer.load(model);
                    HuggingFaceTokenizer whole = HuggingFaceTokenizer.builder()
                            .optTokenizerPath(model.resolve("tokenizer.json"))
                            .optPadding(false)
                            .optTruncation(true)
                            .optMaxLength(64)
                            .build()) {

                // When
                Tokens tokens = tokenizer.tokenize(text);

                // Then
                int[] expected = Arrays.stream(whole.encode(text.strip()).getIds())
                        .mapToInt(id -> (int) id)
                        .toArray();
                assertThat(tokens.ids()).as(kind).isEqualTo(expected);
            }
        }
    }

    private Path tokenizerOf(String kind) throws IOException {
        Path model = Models.random(folder.resolve(kind), 0);
        if (!kind.equals("wordpiece")) {
            try (InputStream file = getClass().getResourceAsStream("/golden/" + kind + "-tokenizer.json")) {
                Files.copy(file, model.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return model;
    }

    /** What AutoTokenizer of transformers 4.57 made of such folders. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | {'tokenizer_class': 'BertTokenizerFast', 'do_lower_case': true} | true",
                "false | {'tokenizer_class': 'BertTokenizer'} | true",
                "false | {'do_lower_case': true} | true",
                "false | {} | true",
                "false | {'tokenizer_class': 'MPNetTokenizer', 'do_lower_case': true} | true",
                "true | {'tokenizer_class': 'BertTokenizerFast', 'do_lower_case': false} | false",
                "false | {'tokenizer_class': 'PreTrainedTokenizerFast', 'do_lower_case': true} | false",
                "true | {'tokenizer_class': 'PreTrainedTokenizerFast', 'do_lower_case': false} | true"
            })
    void caseIsLoweredWhereTransformersLowersIt(boolean file, String settings, boolean lowered) throws IOException {
        // Given
        Models.random(folder, 0);
        change(tokenizer -> ((ObjectNode) tokenizer.path("normalizer")).put("lowercase", file));
        Files.writeString(folder.resolve("tokenizer_config.json"), settings.replace('\'', '"'));

        // When
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            Tokens upper = tokenizer.tokenize("Where Is PARIS, naïve");

            // Then
            assertThat(upper.equals(tokenizer.tokenize("where is paris, naive")))
                    .isEqualTo(lowered);
        }
    }

    private void change(Consumer<ObjectNode> how) throws IOException {
        change(folder, how);
    }

    private static void change(Path model, Consumer<ObjectNode> how) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path file = model.resolve("tokenizer.json");
        ObjectNode tokenizer = (ObjectNode) json.readTree(file.toFile());
        how.accept(tokenizer);
        json.writeValue(file.toFile(), tokenizer);
    }
}
