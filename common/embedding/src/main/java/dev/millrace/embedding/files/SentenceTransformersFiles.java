package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.model.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The small JSON files by which sentence-transformers knows a folder: modules, pooling, lengths, tokenizer class. */
record SentenceTransformersFiles(Path folder, Pooling pooling, int maxTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(int dimensions) throws IOException {
        write(
                "modules.json",
                List.of(
                        module(0, "", "Transformer"),
                        module(1, "1_Pooling", "Pooling"),
                        module(2, "2_Normalize", "Normalize")));
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.createDirectories(folder.resolve("2_Normalize"));
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("word_embedding_dimension", dimensions);
        // Versions that know no other flag refuse one, and take the mean where it is not denied.
        List.of(Pooling.CLS, Pooling.MEAN, Pooling.MAX, Pooling.MEAN_SQRT_LEN)
                .forEach(known -> pool.put(known.flag(), false));
        pool.put(pooling.flag(), true);
        write("1_Pooling/config.json", pool);
        // A bucket keeps no empty folders; the file makes 2_Normalize arrive.
        write("2_Normalize/config.json", Map.of());
        write("sentence_bert_config.json", Map.of("max_seq_length", maxTokens));
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("tokenizer_class", "PreTrainedTokenizerFast");
        tokenizer.put("model_max_length", maxTokens);
        tokenizer.put("cls_token", "[CLS]");
        tokenizer.put("sep_token", "[SEP]");
        tokenizer.put("pad_token", "[PAD]");
        tokenizer.put("unk_token", "[UNK]");
        tokenizer.put("mask_token", "[MASK]");
        tokenizer.put("model_input_names", List.of("input_ids", "token_type_ids", "attention_mask"));
        write("tokenizer_config.json", tokenizer);
    }

    private static Map<String, Object> module(int index, String path, String type) {
        Map<String, Object> module = new LinkedHashMap<>();
        module.put("idx", index);
        module.put("name", Integer.toString(index));
        module.put("path", path);
        module.put("type", "sentence_transformers.models." + type);
        return module;
    }

    private void write(String file, Object content) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(file).toFile(), content);
    }
}
