package dev.millrace.embedding.encode;

import dev.millrace.embedding.text.Tokens;
import java.util.List;

/** A way to encode with fixed weights. For one thread at a time. */
sealed interface Encoding extends AutoCloseable permits BagEncoding, KernelEncoding, TorchEncoding {
    /** One vector of L2 norm 1 a text, in the order given. */
    float[][] encode(List<Tokens> texts);

    @Override
    void close();
}
