package dev.millrace.encoder.http.dialect;

import dev.millrace.encoder.http.dialect.cohere.Cohere;
import dev.millrace.encoder.http.dialect.ollama.Ollama;
import dev.millrace.encoder.http.dialect.ollama.OllamaPrompt;
import dev.millrace.encoder.http.dialect.openai.OpenAi;
import dev.millrace.encoder.http.dialect.openai.OpenAiWording;
import dev.millrace.encoder.http.dialect.tei.TeiAbsent;
import dev.millrace.encoder.http.dialect.tei.TeiEmbed;
import dev.millrace.encoder.http.dialect.tei.TeiSimilarity;
import dev.millrace.encoder.http.dialect.tei.TeiWording;
import dev.millrace.encoder.http.json.Inputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every API that is spoken here, by the path that it is asked at. */
public final class Dialects {
    /** Those paths as JAX-RS wants to know them, of the dialects whose bodies say that they are JSON. */
    public static final String PATHS =
            "v1/embeddings|embeddings|embed|similarity|embed_all|embed_sparse|predict|rerank|v1/embed|v2/embed";

    /** And of Ollama's, which is asked with whatever type a client puts on a body. */
    public static final String UNTYPED_PATHS = "api/embed|api/embeddings";

    /** What may be read without a token: whether a version is served, and no more. */
    public static final Set<String> HEALTH = Set.of("/", "/health", "/ping");

    private static final String INFO = "/info";

    private final Map<String, Dialect> byPath = new HashMap<>();

    public Dialects(Inputs inputs) {
        final List<Dialect> all = List.of(
                new OpenAi(inputs),
                new TeiEmbed(inputs),
                new TeiSimilarity(inputs),
                new TeiAbsent(),
                Cohere.v1(inputs),
                Cohere.v2(inputs),
                new Ollama(inputs),
                new OllamaPrompt(inputs));
        all.forEach(dialect -> dialect.paths().forEach(path -> byPath.put(path, dialect)));
    }

    /** The one that is spoken at a path, which need not end as it is registered. */
    public Optional<Dialect> at(String path) {
        final boolean slash = path.length() > 1 && path.endsWith("/");
        return Optional.ofNullable(byPath.get(slash ? path.substring(0, path.length() - 1) : path));
    }

    /** How a path's requests are refused: where no dialect is spoken, as OpenAI's. */
    public Wording wording(String path) {
        return at(path).map(Dialect::wording)
                .orElse(HEALTH.contains(path) || path.equals(INFO) ? TeiWording.WORDS : OpenAiWording.WORDS);
    }

    /** Where any is spoken. */
    public Set<String> paths() {
        return Set.copyOf(byPath.keySet());
    }
}
