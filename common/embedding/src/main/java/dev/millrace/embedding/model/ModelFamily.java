package dev.millrace.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A family of encoders that {@code encoder.torchscript} computes: all of them are BERT's layers (Devlin et al. 2019) and differ in
 * how parameters are named, where positions begin, and what tells attention about them. One more such family is one more
 * line here, and a {@link ParameterNames} where its names are new.
 *
 * @param type as {@code config.json} says {@code model_type}
 * @param names of its parameters
 * @param firstPosition the row of the position table that a text's first token takes, by the configuration
 */
public record ModelFamily(String type, ParameterNames names, ToIntFunction<JsonNode> firstPosition) {
    /** Devlin et al. 2019. */
    static final ModelFamily BERT = new ModelFamily("bert", ParameterNames.BERT, config -> 0);
    /** Liu et al. 2019. */
    static final ModelFamily ROBERTA = new ModelFamily("roberta", ParameterNames.ROBERTA, ModelFamily::afterPadding);
    /** Conneau et al. 2020: RoBERTa with another vocabulary. */
    static final ModelFamily XLM_ROBERTA =
            new ModelFamily("xlm-roberta", ParameterNames.ROBERTA, ModelFamily::afterPadding);
    /** Martin et al. 2020: RoBERTa with another vocabulary. */
    static final ModelFamily CAMEMBERT =
            new ModelFamily("camembert", ParameterNames.ROBERTA, ModelFamily::afterPadding);
    /** Song et al. 2020: no token types, but T5's relative attention bias. Its padding id is 1 whatever the file says. */
    static final ModelFamily MPNET = new ModelFamily("mpnet", ParameterNames.MPNET, config -> 2);

    public static final List<ModelFamily> ALL = List.of(BERT, ROBERTA, XLM_ROBERTA, CAMEMBERT, MPNET);

    /** Which family a {@code model_type} names; empty when none does. */
    static Optional<ModelFamily> of(String type) {
        return ALL.stream().filter(family -> family.type.equals(type)).findFirst();
    }

    /** Every {@code model_type} that is supported, for messages. */
    static String types() {
        return ALL.stream().map(ModelFamily::type).collect(Collectors.joining(", "));
    }

    private static int afterPadding(JsonNode config) {
        return config.path("pad_token_id").asInt(1) + 1;
    }
}
