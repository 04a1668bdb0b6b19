package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ConfigFile;
import dev.millrace.embedding.model.ModelConfig;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A family of encoders. One more is one more description, and one more line here.
 *
 * @param type as {@code config.json} says {@code model_type}
 * @param description what a {@code config.json} of the family says
 */
public record ModelFamily(String type, Function<ConfigFile, ModelConfig> description) {
    public static final List<ModelFamily> ALL = List.of(
            new ModelFamily("bert", Bert.BERT::describe),
            new ModelFamily("roberta", Bert.ROBERTA::describe),
            new ModelFamily("xlm-roberta", Bert.ROBERTA::describe),
            new ModelFamily("camembert", Bert.ROBERTA::describe),
            new ModelFamily("mpnet", Bert.MPNET::describe),
            new ModelFamily("modernbert", ModernBert::describe),
            new ModelFamily("qwen3", Qwen3::describe),
            new ModelFamily("gemma3_text", Gemma3::describe),
            new ModelFamily("nomic_bert", NomicBert::describe),
            new ModelFamily("new", GteNew::describe));

    /**
     * The family that a {@code model_type} names.
     *
     * @throws dev.millrace.embedding.model.UnsupportedModelException when none does
     */
    public static ModelFamily of(ConfigFile file) {
        String type = file.text("model_type", "");
        return ALL.stream()
                .filter(family -> family.type.equals(type))
                .findFirst()
                .orElseThrow(() -> file.refusal(
                        "model_type", type, ALL.stream().map(ModelFamily::type).collect(Collectors.joining(", "))));
    }

    /**
     * A model of this family.
     *
     * @throws dev.millrace.embedding.model.UnsupportedModelException naming the key that is missing or unsupported
     */
    public ModelConfig describe(ConfigFile file) {
        return description.apply(file);
    }
}
