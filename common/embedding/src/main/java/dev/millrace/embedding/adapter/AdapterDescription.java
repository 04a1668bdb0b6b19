package dev.millrace.embedding.adapter;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An adapter without its numbers.
 *
 * @param method what is added to weights
 * @param rank of the product
 * @param alpha the product counts alpha / rank times
 * @param modules what has one, by the names that transformers gives to them, in the plan's order
 */
public record AdapterDescription(AdapterMethod method, int rank, double alpha, List<String> modules) {
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    /** Keeps the order of the modules. */
    public AdapterDescription {
        modules = List.copyOf(modules);
    }

    double scale() {
        return alpha / rank;
    }

    /** Arrays of each module: A, B and, for DoRA, magnitudes. */
    int each() {
        return method == AdapterMethod.DORA ? 3 : 2;
    }

    /** The names of all numbers, module by module. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String module : modules) {
            names.addAll(List.of(module + A, module + B, module + MAGNITUDE).subList(0, each()));
        }
        return names;
    }

    /** The module that a name of this form is about; empty for others. */
    static String module(String name) {
        return List.of(A, B, MAGNITUDE).stream()
                .filter(name::endsWith)
                .map(end -> name.substring(0, name.length() - end.length()))
                .findFirst()
                .orElse("");
    }

    /** Of each of {@link #names} the shape, by its weight's. */
    Map<String, long[]> shapes(ModelConfig model) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        model.plan().weights().forEach(weight -> weights.put(weight.name(), weight));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (String module : modules) {
            List<Long> shape = weights.get(module + ".weight").shape();
            shapes.put(module + A, new long[] {rank, shape.get(1)});
            shapes.put(module + B, new long[] {shape.get(0), rank});
            if (method == AdapterMethod.DORA) {
                shapes.put(module + MAGNITUDE, new long[] {shape.get(0)});
            }
        }
        return shapes;
    }

    /** The places of the weights that it is added to, in the plan's order. */
    List<Integer> places(ModelConfig model) {
        List<String> parameters = model.parameters();
        return modules.stream()
                .map(module -> parameters.indexOf(module + ".weight"))
                .toList();
    }
}
