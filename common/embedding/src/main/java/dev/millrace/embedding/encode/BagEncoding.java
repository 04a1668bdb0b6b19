package dev.millrace.embedding.encode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.kernels.EmbeddingBag;
import java.nio.ByteOrder;
import java.util.List;

/** Encodes a plan without layers on the CPU, without libtorch: in fp32 whatever the precision, since nothing is multiplied. */
final class BagEncoding implements Encoding {
    private final EmbeddingBag bag;

    /** The word table is read in place; {@code manager} keeps its memory. */
    BagEncoding(PtNDManager manager, NDList masters, EncoderOptions options) {
        NDArray words = masters.get(0).reshape(masters.get(0).getShape());
        words.attach(manager);
        bag = new EmbeddingBag(
                words.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer(),
                Math.toIntExact(words.getShape().get(1)),
                options.threads());
    }

    @Override
    public float[][] encode(List<Tokens> texts) {
        return bag.encode(texts.stream().map(Tokens::ids).toList());
    }

    @Override
    public void close() {
        bag.close();
    }
}
