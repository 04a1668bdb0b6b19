package dev.millrace.embedding.model.plan;

import dev.millrace.embedding.model.UnsupportedModelException;
import java.util.Arrays;
import java.util.List;

/**
 * A parameter of a network: what multiplies it reads as many values as its shape says, without asking again.
 *
 * @param name as files have it, without the family's prefix
 * @param shape its sizes, {@link Part#ANY} where a file may have as many rows as it likes
 */
public record Weight(String name, List<Long> shape) {
    /**
     * Holds a tensor of this name against the description.
     *
     * @throws UnsupportedModelException naming the tensor and both shapes
     */
    public void require(long[] found) {
        boolean fits = found.length == shape.size();
        for (int i = 0; fits && i < found.length; i++) {
            fits = shape.get(i) == Part.ANY ? found[i] >= 1 : found[i] == shape.get(i);
        }
        if (!fits) {
            throw new UnsupportedModelException("model.safetensors: " + name + " is " + Arrays.toString(found)
                    + ", but by config.json it is " + shape.toString().replace("-1", "n"));
        }
    }
}
