package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.files.OnnxGraph.Constant;
import dev.millrace.embedding.files.OnnxGraph.Node;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the fp32 ONNX export of a BERT encoder, as langchain4j's embedding artifacts carry it, back into a Hugging Face
 * folder. Exporters keep most parameter names; only the weights of linear layers lose theirs (constant folding
 * transposes them), and those are found through the bias that is added to their product.
 */
public final class OnnxImport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OnnxImport() {}

    /**
     * Writes a folder that {@link ModelFolder#read} and sentence-transformers load.
     *
     * @param onnx the exported model
     * @param tokenizerJson its tokenizer; padding and truncation written into it are cleared
     * @param pooling how the model was trained to pool
     * @param maxTokens longest text in tokens
     * @param target folder to write, made when absent
     * @throws UnsupportedModelException when the graph is not a BERT encoder
     */
    public static void importOnnx(Path onnx, Path tokenizerJson, Pooling pooling, int maxTokens, Path target) {
        try {
            OnnxGraph graph = OnnxGraph.read(Files.readAllBytes(onnx));
            Files.createDirectories(target);
            Map<String, Safetensors.Tensor> tensors = tensors(graph);
            Safetensors.write(target.resolve("model.safetensors"), tensors);
            write(target, "config.json", config(graph, tensors));
            ObjectNode tokenizer = (ObjectNode) JSON.readTree(tokenizerJson.toFile());
            write(target, "tokenizer.json", tokenizer.putNull("truncation").putNull("padding"));
            new SentenceTransformersFiles(target, pooling, maxTokens).write(hidden(tensors));
        } catch (IOException e) {
            throw new UncheckedIOException("the ONNX model cannot be imported", e);
        } catch (IllegalStateException | ClassCastException e) {
            throw new UnsupportedModelException("the ONNX graph is not a BERT encoder: " + e.getMessage(), e);
        }
    }

    private static Map<String, Safetensors.Tensor> tensors(OnnxGraph graph) {
        Map<String, Safetensors.Tensor> tensors = new TreeMap<>();
        for (Constant constant : graph.constants().values()) {
            boolean parameter = constant.type() == Constant.FLOAT
                    && (constant.name().startsWith("embeddings.")
                            || constant.name().startsWith("encoder."));
            if (parameter) {
                tensors.put(constant.name(), new Safetensors.Tensor(constant.shape(), constant.bytes()));
            }
        }
        for (Node product : graph.nodes()) {
            if (product.operation().equals("MatMul")
                    && graph.constants().containsKey(product.inputs().get(1))) {
                Constant weight = graph.constants().get(product.inputs().get(1));
                tensors.put(weightName(graph, product), transposed(weight));
            }
        }
        return tensors;
    }

    private static String weightName(OnnxGraph graph, Node product) {
        return graph.nodes().stream()
                .filter(node -> node.operation().equals("Add"))
                .filter(node -> node.inputs().contains(product.outputs().get(0)))
                .flatMap(node -> node.inputs().stream())
                .filter(name -> name.endsWith(".bias"))
                .findFirst()
                .map(bias -> bias.substring(0, bias.length() - "bias".length()) + "weight")
                .orElseThrow(() -> new IllegalStateException("a product without a named bias"));
    }

    private static Safetensors.Tensor transposed(Constant matrix) {
        int rows = (int) matrix.shape()[0];
        int columns = (int) matrix.shape()[1];
        FloatBuffer from = matrix.bytes().asFloatBuffer();
        ByteBuffer to = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to.putFloat(from.get(row * columns + column));
            }
        }
        return new Safetensors.Tensor(new long[] {columns, rows}, to.flip());
    }

    private static int hidden(Map<String, Safetensors.Tensor> tensors) {
        return size(tensors, "embeddings.word_embeddings.weight", 1);
    }

    private static int size(Map<String, Safetensors.Tensor> tensors, String name, int dimension) {
        if (!tensors.containsKey(name)) {
            throw new IllegalStateException(name + " is missing");
        }
        return (int) tensors.get(name).shape()[dimension];
    }

    private static Map<String, Object> config(OnnxGraph graph, Map<String, Safetensors.Tensor> tensors) {
        int layers = (int) tensors.keySet().stream()
                .filter(name -> name.endsWith(".attention.self.query.weight"))
                .count();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("BertModel"));
        config.put("model_type", "bert");
        config.put("vocab_size", size(tensors, "embeddings.word_embeddings.weight", 0));
        config.put("hidden_size", hidden(tensors));
        config.put("num_hidden_layers", layers);
        config.put("num_attention_heads", heads(graph));
        config.put("intermediate_size", size(tensors, "encoder.layer.0.intermediate.dense.weight", 0));
        config.put("hidden_act", "gelu");
        config.put("hidden_dropout_prob", 0.1);
        config.put("attention_probs_dropout_prob", 0.1);
        config.put("max_position_embeddings", size(tensors, "embeddings.position_embeddings.weight", 0));
        config.put("type_vocab_size", size(tensors, "embeddings.token_type_embeddings.weight", 0));
        config.put("initializer_range", 0.02);
        config.put("layer_norm_eps", epsilon(graph));
        config.put("pad_token_id", 0);
        config.put("position_embedding_type", "absolute");
        return config;
    }

    /** Attention reshapes to [batch, tokens, heads, width]; the third of the four concatenated sizes is the heads. */
    private static int heads(OnnxGraph graph) {
        return graph.nodes().stream()
                .filter(node ->
                        node.operation().equals("Concat") && node.inputs().size() == 4)
                .filter(node -> graph.constants().containsKey(node.inputs().get(2))
                        && graph.constants().containsKey(node.inputs().get(3)))
                .mapToInt(node ->
                        (int) graph.constants().get(node.inputs().get(2)).firstLong())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no reshape by heads"));
    }

    /** LayerNorm is exported as parts; its epsilon is the constant added right before the square root. */
    private static double epsilon(OnnxGraph graph) {
        List<String> roots = graph.nodes().stream()
                .filter(node -> node.operation().equals("Sqrt"))
                .map(node -> node.inputs().get(0))
                .toList();
        return graph.nodes().stream()
                .filter(node -> node.operation().equals("Add")
                        && roots.contains(node.outputs().get(0)))
                .flatMap(node -> node.inputs().stream())
                .filter(graph.constants()::containsKey)
                .map(name -> Double.parseDouble(
                        Float.toString(graph.constants().get(name).firstFloat())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no LayerNorm epsilon"));
    }

    private static void write(Path folder, String file, Object content) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(file).toFile(), content);
    }
}
