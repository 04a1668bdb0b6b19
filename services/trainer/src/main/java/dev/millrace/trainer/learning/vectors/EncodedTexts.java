package dev.millrace.trainer.learning.vectors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts with their vectors. */
public record EncodedTexts(Map<String, Integer> places, float[][] vectors) {
    public static EncodedTexts of(List<String> distinct, Vectors vectors) {
        Map<String, Integer> places = new HashMap<>();
        for (String text : distinct) {
            places.put(text, places.size());
        }
        return new EncodedTexts(places, vectors.of(distinct));
    }

    public float[] vector(String text) {
        return vectors[places.get(text)];
    }
}
