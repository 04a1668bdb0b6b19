package dev.millrace.embedding.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.train.FamilyModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
}
