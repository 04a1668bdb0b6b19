package dev.millrace.embedding.model.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a feed-forward network puts between its matrices. */
public enum Activation {
    /** Hendrycks and Gimpel 2016, by the error function. */
    GELU("gelu", "gelu", "none"),
    /** The same by the hyperbolic tangent, as GPT-2 has it. */
    GELU_NEW("gelu_new", "gelu", "tanh"),
    /** The same formula under PyTorch's name. */
    GELU_TANH("gelu_pytorch_tanh", "gelu", "tanh"),
    /** The positive part. */
    RELU("relu", "relu", ""),
    /** The value by its own logistic function (Elfwing et al. 2018), which oneDNN calls swish. */
    SILU("silu", "swish", "");

    private final String name;
    private final String operation;
    private final String algorithm;

    Activation(String name, String operation, String algorithm) {
        this.name = name;
        this.operation = operation;
        this.algorithm = algorithm;
    }

    /** Which activation a {@code hidden_act} names; empty when none does. */
    public static Optional<Activation> of(String name) {
        return Arrays.stream(values())
                .filter(activation -> activation.name.equals(name))
                .findFirst();
    }

    /** Every {@code hidden_act} that is supported, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(activation -> activation.name).collect(Collectors.joining(", "));
    }

    /** As oneDNN names it. */
    public String operation() {
        return operation;
    }

    /** Which way of computing it, as oneDNN and PyTorch name it. */
    public String algorithm() {
        return algorithm;
    }
}
