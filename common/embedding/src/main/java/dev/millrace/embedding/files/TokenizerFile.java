package dev.millrace.embedding.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.model.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of a {@code tokenizer.json} before the tokenizers library reads it: its highest id, which ids are no
 * words, and what transformers changes
 * in it by {@code tokenizer_config.json}. Read value by value: the vocabulary of a multilingual model takes hundreds of megabytes as a tree.
 */
public final class TokenizerFile {
    private static final String NAME = "tokenizer.json";
    private static final String SETTINGS = "tokenizer_config.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Classes of transformers that put the keys of tokenizer_config.json, or their defaults, over those of the file's normalizer. */
    private static final Set<String> BERTS = Set.of("BertTokenizer", "DistilBertTokenizer");

    /** What stands for a hidden token: BERT's, and RoBERTa's and MPNet's. */
    private static final Set<String> MASKS = Set.of("[MASK]", "<mask>");

    private static final String MPNET = "MPNetTokenizer";
    /** The class that transformers takes where none is named. */
    private static final Map<String, String> CLASSES = Map.of("bert", "BertTokenizer", "mpnet", MPNET);

    private final ModelFolder model;
    private long highest = -1;
    private String highestToken = "";
    private final Set<Integer> special = new HashSet<>();
    private Optional<Integer> mask = Optional.empty();
    private JsonNode normalizer = MissingNode.getInstance();
    private JsonNode truncation = MissingNode.getInstance();

    private TokenizerFile(ModelFolder model) {
        this.model = model;
    }

    /**
     * Reads the folder's file.
     *
     * @throws UnsupportedModelException when it is none
     */
    public static TokenizerFile read(ModelFolder model) {
        TokenizerFile file = new TokenizerFile(model);
        try (JsonParser json = JSON.createParser(file.path().toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                file.take(key, json);
            }
        } catch (IOException e) {
            throw new UnsupportedModelException(NAME + " cannot be read: " + e.getMessage(), e);
        }
        file.requireCutAtTheEnd();
        return file;
    }

    /** What it says of ids. */
    public Vocabulary vocabulary() {
        return new Vocabulary(model.config().vocabulary(), mask, special);
    }

    /** Where it lies. */
    public Path path() {
        return ModelFolder.encoder(model.folder()).resolve(NAME);
    }

    private void take(String key, JsonParser json) throws IOException {
        switch (key) {
            case "added_tokens" -> json.<JsonNode>readValueAsTree().forEach(this::takeAdded);
            case "post_processor" -> takeSpecialTokens(json.readValueAsTree());
            case "truncation" -> truncation = json.readValueAsTree();
            case "normalizer" -> normalizer = json.readValueAsTree();
            case "model" -> takeModel(json);
            default -> json.skipChildren();
        }
    }

    private void takeAdded(JsonNode token) {
        String content = token.path("content").asText();
        see(content, token.path("id").asLong());
        if (token.path("special").asBoolean()) {
            special.add(token.path("id").asInt());
        }
        if (MASKS.contains(content)) {
            mask = Optional.of(token.path("id").asInt());
        }
    }

    private void takeSpecialTokens(JsonNode processor) {
        processor.findValues("ids").forEach(ids -> ids.forEach(id -> takeAround("of the post_processor", id)));
        for (String place : Set.of("cls", "sep")) {
            processor
                    .findValues(place)
                    .forEach(token -> takeAround(token.path(0).asText(), token.path(1)));
        }
    }

    private void takeAround(String token, JsonNode id) {
        see(token, id.asLong());
        special.add(id.asInt());
    }

    private void takeModel(JsonParser json) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return;
        }
        ObjectNode settings = JSON.createObjectNode();
        Set<String> tokens = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "vocab" -> takeVocabulary(json, tokens);
                case "type", "unk_token", "unk_id" -> settings.set(key, json.readValueAsTree());
                default -> json.skipChildren();
            }
        }
        requireUnknown(settings, tokens);
    }

    /** Ids by token, or tokens with their scores, whose ids are their places. */
    private void takeVocabulary(JsonParser json, Set<String> tokens) throws IOException {
        if (json.isExpectedStartArrayToken()) {
            for (long id = 0; json.nextToken() != JsonToken.END_ARRAY; id++) {
                JsonNode piece = json.readValueAsTree();
                see(piece.path(0).asText(), id);
            }
        } else if (json.isExpectedStartObjectToken()) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String token = json.currentName();
                json.nextToken();
                see(token, json.getLongValue());
                tokens.add(token);
            }
        }
    }

    /** The native library ends the whole process at the first text for which it misses its token for what is unknown. */
    private static void requireUnknown(ObjectNode model, Set<String> tokens) {
        String type = model.path("type").asText("");
        String unknown = model.path("unk_token").asText(type.equals("WordLevel") ? "<unk>" : "[UNK]");
        boolean there =
                switch (type) {
                    case "WordPiece", "WordLevel" -> tokens.contains(unknown);
                    case "BPE" -> !model.path("unk_token").isTextual() || tokens.contains(unknown);
                    case "Unigram" -> model.path("unk_id").isIntegralNumber();
                    default -> true;
                };
        if (!there) {
            throw new UnsupportedModelException(NAME + ": model.vocab has no "
                    + (type.equals("Unigram") ? "unk_id" : "token \"" + unknown + "\"")
                    + " for what is unknown, so there are texts that cannot be tokenized");
        }
    }

    private void see(String token, long id) {
        if (id > highest) {
            highest = id;
            highestToken = token;
        }
    }

    /** A long text is cut at its end here, and its beginning is what is tokenized of it. */
    private void requireCutAtTheEnd() {
        String own = truncation.path("direction").asText("Right");
        requireRight(NAME, "truncation.direction", own);
        JsonNode settings = ModelFolder.json(model.folder(), SETTINGS);
        requireRight(
                SETTINGS, "truncation_side", settings.path("truncation_side").asText(own));
    }

    private static void requireRight(String file, String key, String side) {
        if (!side.equalsIgnoreCase("right")) {
            throw UnsupportedModelException.value(file, key, side, "right");
        }
    }

    /**
     * Holds the ids against the model's word table.
     *
     * @throws UnsupportedModelException naming a token that the table has no row for
     */
    public void requireBelow(int vocabulary) {
        if (highest >= vocabulary) {
            throw new UnsupportedModelException(NAME + ": token \"" + highestToken + "\" has the id " + highest
                    + ", but by " + (model.config().isStatic() ? "its weights" : "config.json's vocab_size")
                    + " the model has no more than " + vocabulary
                    + " rows; resize_token_embeddings of transformers adds them");
        }
    }

    /**
     * The file's content where {@code tokenizer_config.json} has transformers, and so sentence-transformers, lower the case of texts,
     * or keep it, against what the file says; empty where both say the same.
     */
    public Optional<byte[]> asTransformersReadsIt() {
        JsonNode settings = ModelFolder.json(model.folder(), SETTINGS);
        String type = model.config().type();
        String name = settings.path("tokenizer_class")
                .asText(CLASSES.getOrDefault(type, ""))
                .replaceFirst("Fast$", "");
        if (model.config().isStatic()
                || !normalizer.has("lowercase")
                || !(BERTS.contains(name) || name.equals(MPNET))) {
            return Optional.empty();
        }
        ObjectNode changed = normalizer.deepCopy();
        changed.put("lowercase", settings.path("do_lower_case").asBoolean(true));
        JsonNode accents = settings.path("strip_accents");
        changed.set("strip_accents", accents.isBoolean() ? accents : changed.nullNode());
        if (BERTS.contains(name)) {
            changed.put(
                    "handle_chinese_chars",
                    settings.path("tokenize_chinese_chars").asBoolean(true));
        }
        return changed.equals(normalizer) ? Optional.empty() : Optional.of(with(changed));
    }

    private byte[] with(JsonNode changed) {
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(path().toFile());
            all.set("normalizer", changed);
            return JSON.writeValueAsBytes(all);
        } catch (IOException e) {
            throw new UnsupportedModelException(NAME + " cannot be read: " + e.getMessage(), e);
        }
    }
}
