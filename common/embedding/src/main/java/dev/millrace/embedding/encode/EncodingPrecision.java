package dev.millrace.embedding.encode;

import dev.millrace.embedding.network.Precision;
import java.util.Optional;

/** Which precisions this process encodes in, and which of them is fastest. */
public final class EncodingPrecision {
    private EncodingPrecision() {}

    /**
     * The faster of fp32 and bf16 for encoding alone: as {@link Precision#fastest}, but where the JVM's vector instructions encode it
     * is always bf16, as these only keep weights in it (half the memory to read) and add up in fp32: cosine to fp32 above .9999.
     */
    public static Precision fastest(String device) {
        return device.startsWith("cpu") && KernelEncoding.serves(Precision.BF16)
                ? Precision.BF16
                : Precision.fastest(device);
    }

    /** Why this process cannot encode in this precision on this device, in one line; empty where it can. */
    public static Optional<String> impediment(Precision precision, String device) {
        return precision == Precision.INT8 ? TorchIntegerProducts.impediment(device) : Optional.empty();
    }
}
