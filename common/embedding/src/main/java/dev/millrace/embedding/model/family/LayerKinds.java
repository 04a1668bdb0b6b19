package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import java.util.List;

/** Layers that see a whole text and layers that see a window, as {@code layer_types} lists them, or older files count them. */
final class LayerKinds {
    static final String FULL = "full_attention";
    static final String LOCAL = "sliding_attention";

    private final List<String> listed;
    private final int every;
    private final int first;

    /** Without a list every so many-th layer sees all, from the first such on. */
    LayerKinds(ConfigFile file, int every, int first) {
        this.every = every;
        this.first = first;
        listed = file.texts("layer_types");
        int layers = file.count("num_hidden_layers");
        if (!listed.isEmpty() && listed.size() != layers) {
            throw file.refusal("layer_types lists " + listed.size() + " of " + layers + " layers");
        }
        listed.stream()
                .filter(kind -> !kind.equals(FULL) && !kind.equals(LOCAL))
                .forEach(kind -> {
                    throw file.refusal("layer_types", kind, FULL + ", " + LOCAL);
                });
    }

    /** A layer's kind, by its number. */
    String of(int layer) {
        if (listed.isEmpty()) {
            return layer % every == first ? FULL : LOCAL;
        }
        return listed.get(layer);
    }

    /** Whether it sees a window only. */
    boolean isLocal(int layer) {
        return of(layer).equals(LOCAL);
    }
}
