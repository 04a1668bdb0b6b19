package dev.millrace.embedding.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.plan.Rotation;

/** Rotary positions as transformers writes them: a key for each base, and since its version 5 {@code rope_parameters}. */
final class Rotations {
    private static final String PARAMETERS = "rope_parameters";

    private Rotations() {}

    /**
     * Those of layers of a kind.
     *
     * @param kind as {@code layer_types} names it, under which newer files may keep the base
     * @param key of the base in older files
     * @param otherwise the base where no file says one
     */
    static Rotation of(ConfigFile file, String kind, String key, double otherwise) {
        file.require("rope_scaling", "null");
        JsonNode parameters = file.json().path(PARAMETERS);
        ConfigFile own = new ConfigFile(parameters.path(kind).isObject() ? parameters.path(kind) : parameters);
        own.require("rope_type", "default");
        return new Rotation(own.positive("rope_theta", file.positive(key, otherwise)));
    }
}
