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
 * @param prefix what checkpoints of task models put before every name
 * @param words the name of the table of word embeddings, without the prefix
 * @param description what a {@code config.json} of the family says
 */
public record ModelFamily(String type, String prefix, String words, Function<ConfigFile, ModelConfig> description) {
    public static final List<ModelFamily> ALL = List.of(
            new ModelFamily("bert", "bert.", Bert.WORDS, Bert.BERT::describe),
            new ModelFamily("roberta", "roberta.", Bert.WORDS, Bert.ROBERTA::describe),
            new ModelFamily("xlm-roberta", "roberta.", Bert.WORDS, Bert.ROBERTA::describe),
            new ModelFamily("camembert", "roberta.", Bert.WORDS, Bert.ROBERTA::describe),
            new ModelFamily("mpnet", "mpnet.", Bert.WORDS, Bert.MPNET::describe),
            new ModelFamily("modernbert", "model.", ModernBert.WORDS, ModernBert::describe),
            new ModelFamily("qwen3", "model.", Qwen3.WORDS, Qwen3::describe),
            new ModelFamily("gemma3_text", "model.", Gemma3.WORDS, Gemma3::describe),
            new ModelFamily("nomic_bert", "bert.", NomicBert.WORDS, NomicBert::describe),
            new ModelFamily("new", "new.", GteNew.WORDS, GteNew::describe));

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
