package dev.millrace.embedding.objective.token;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.objective.seen.TokenStates;
import dev.millrace.embedding.torch.Scalars;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What scores words by a token's state: a dense layer, the model's activation, LayerNorm, the word embeddings and a bias, as
 * BERT's and RoBERTa's heads for masked words; without the first three where the folder has no such head. Its decoder is the
 * table of word embeddings, as in all published ones.
 *
 * @param parameters what of it is the objective's own
 */
record WordHead(List<Parameter> parameters) {
    private static final String DENSE = "mlm.dense";
    private static final String NORM = "mlm.norm";
    private static final String BIAS = "mlm.bias";
    /** BERT's names, then those of RoBERTa and MPNet: dense layer, LayerNorm, bias. */
    private static final List<List<String>> NAMES = List.of(
            List.of("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias"),
            List.of("lm_head.dense", "lm_head.layer_norm", "lm_head.bias"));

    private static final double TANH_SCALE = Math.sqrt(2 / Math.PI);
    private static final double TANH_CUBE = .044715;

    /** The folder's own, or the least there is. */
    static WordHead of(ModelFolder model) {
        Map<String, Safetensors.Tensor> tensors = ModelWeights.read(model.folder());
        int hidden = model.config().hidden();
        int words = model.config().vocabulary();
        return NAMES.stream()
                .filter(names -> tensors.containsKey(names.get(0) + ".weight"))
                .findFirst()
                .map(names -> new WordHead(List.of(
                        taken(tensors, names.get(0) + ".weight", DENSE + ".weight", hidden, hidden),
                        taken(tensors, names.get(0) + ".bias", DENSE + ".bias", hidden),
                        taken(tensors, names.get(1) + ".weight", NORM + ".weight", hidden),
                        taken(tensors, names.get(1) + ".bias", NORM + ".bias", hidden),
                        taken(tensors, names.get(2), BIAS, words))))
                .orElseGet(() -> new WordHead(List.of(Parameter.zeros(BIAS, words))));
    }

    private static Parameter taken(Map<String, Safetensors.Tensor> tensors, String from, String name, long... shape) {
        return Optional.ofNullable(tensors.get(from))
                .filter(tensor -> Arrays.equals(tensor.shape(), shape))
                .map(tensor -> Parameter.of(name, tensor))
                .orElseThrow(() -> new UnsupportedModelException(
                        "model.safetensors: " + from + " of the head for mlm must be " + Arrays.toString(shape)));
    }

    /** [m, v] */
    static NDArray scores(TokenStates seen) {
        NDArray states = seen.parameter(DENSE + ".weight")
                .map(weight -> transformed(seen, weight))
                .orElse(seen.states());
        return states.matMul(seen.words().transpose()).add(seen.parameter(BIAS).orElseThrow());
    }

    private static NDArray transformed(TokenStates seen, NDArray weight) {
        NDArray dense = seen.states()
                .matMul(weight.transpose())
                .add(seen.parameter(DENSE + ".bias").orElseThrow());
        NDArray active = activated(seen, dense);
        NDArray centred = active.sub(active.mean(new int[] {1}, true));
        NDArray variance = centred.square().mean(new int[] {1}, true);
        return centred.div(variance.add((float) seen.config().epsilon()).sqrt())
                .mul(seen.parameter(NORM + ".weight").orElseThrow())
                .add(seen.parameter(NORM + ".bias").orElseThrow());
    }

    private static NDArray activated(TokenStates seen, NDArray x) {
        return switch (seen.config().plan().formulas().activation()) {
            case GELU -> Activation.gelu(x);
            case RELU -> Activation.relu(x);
            case SILU -> Activation.swish(x, 1);
            case GELU_NEW, GELU_TANH -> Scalars.times(tanh(x).add(1).mul(x), .5);
        };
    }

    private static NDArray tanh(NDArray x) {
        NDArray cubic = Scalars.times(x.square().mul(x), TANH_CUBE).add(x);
        return Scalars.times(cubic, TANH_SCALE).tanh();
    }
}
