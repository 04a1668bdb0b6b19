package dev.millrace.embedding.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shapes that {@code config.json} gives the parameters: what multiplies them reads as many values without asking again. */
public final class ParameterShapes {
    private static final long ANY = -1;

    private final Map<String, long[]> shapes = new HashMap<>();

    public ParameterShapes(ModelConfig config) {
        ParameterNames names = config.architecture().family().names();
        long hidden = config.hidden();
        names.embeddings().forEach(name -> shapes.put(name, new long[] {ANY, hidden}));
        shapes.put(names.embeddings().get(0), new long[] {config.vocabulary(), hidden});
        shapes.put(names.embeddings().get(1), new long[] {config.maxPositions(), hidden});
        int size = names.embeddings().size();
        names.embeddings().subList(size - 2, size).forEach(name -> shapes.put(name, new long[] {hidden}));
        names.shared().forEach(name -> shapes.put(name, new long[] {ANY, config.heads()}));
        List<String> parameters = config.parameters();
        for (int i = size + names.shared().size(); i < parameters.size(); i += 2) {
            int part = (i - size - names.shared().size()) / 2 % names.layer().size();
            put(parameters.get(i), parameters.get(i + 1), part, config);
        }
    }

    /** A layer's part, in the order of {@link ParameterNames}: four square ones, a norm, in, out, a norm. */
    private void put(String weight, String bias, int part, ModelConfig config) {
        long out = part == 5 ? config.intermediate() : config.hidden();
        long in = part == 6 ? config.intermediate() : config.hidden();
        shapes.put(weight, part == 4 || part == 7 ? new long[] {out} : new long[] {out, in});
        shapes.put(bias, new long[] {out});
    }

    /**
     * Holds a tensor against the configuration.
     *
     * @throws UnsupportedModelException naming the tensor and both shapes
     */
    public void require(String name, long[] shape) {
        long[] expected = shapes.get(name);
        boolean fits = expected.length == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = expected[i] == ANY ? shape[i] >= 1 : shape[i] == expected[i];
        }
        if (!fits) {
            throw new UnsupportedModelException("model.safetensors: " + name + " is " + Arrays.toString(shape)
                    + ", but by config.json it is " + Arrays.toString(expected).replace("-1", "n"));
        }
    }
}
