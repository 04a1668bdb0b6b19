package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.Lanes;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** The parts of all devices in one step: micro-batches are dealt out in turn, and what comes back is put in their order. */
public final class DeviceShares implements AutoCloseable {
    private final List<DeviceShare> shares;
    private final Lanes lanes;
    private List<List<MicroBatch>> dealt = List.of();

    DeviceShares(List<DeviceShare> shares, Lanes lanes) {
        this.shares = List.copyOf(shares);
        this.lanes = lanes;
    }

    /** How many devices. */
    public int count() {
        return shares.size();
    }

    /** Of the device where the loss is computed and gradients are summed. */
    public PtNDManager scope() {
        return shares.get(0).scope();
    }

    /** The objective's own parameters there, by name. */
    public Map<String, NDArray> parameters() {
        return shares.get(0).parameters();
    }

    /** [n, d] unit vectors of the texts, in their order, on the first device. */
    public PtNDArray vectors(MicroBatches micro, List<Tokens> texts, long seed) {
        NDList parts = new NDList(encode(micro, texts, seed));
        JniUtils.setGradMode(false);
        return rows(NDArrays.concat(parts, 0), micro.places());
    }

    /** Some rows, in this order, as an array of the first device's. */
    PtNDArray rows(NDArray from, long[] order) {
        from.attach(scope());
        NDArray rows = from.get(scope(), new NDIndex("{}", scope().create(order)));
        rows.attach(scope());
        return (PtNDArray) rows;
    }

    private List<NDArray> encode(MicroBatches micro, List<Tokens> texts, long seed) {
        int all = micro.bounds().size();
        dealt = deal(micro, texts, seed);
        List<List<PtNDArray>> encoded = lanes.each(share -> shares.get(share).encode(dealt.get(share)));
        return IntStream.range(0, all)
                .mapToObj(i -> here(scope(), encoded.get(i % count()).get(i / count())))
                .toList();
    }

    private List<List<MicroBatch>> deal(MicroBatches micro, List<Tokens> texts, long seed) {
        int all = micro.bounds().size();
        return IntStream.range(0, count())
                .mapToObj(share -> IntStream.iterate(share, i -> i < all, i -> i + count())
                        .mapToObj(i -> shares.get(share).pack(micro, i, texts, seed))
                        .toList())
                .toList();
    }

    /** Adds the gradient of a loss of tokens' states, micro-batch by micro-batch, and returns the sum of what they find. */
    public double learn(
            MicroBatches micro, List<Tokens> texts, long seed, ToDoubleBiFunction<DeviceShare, MicroBatch> loss) {
        List<List<MicroBatch>> parts = deal(micro, texts, seed);
        return lanes
                .each(share -> parts.get(share).stream()
                        .mapToDouble(part -> loss.applyAsDouble(shares.get(share), part))
                        .sum())
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Gives every device its part of the vectors' gradient [u, d]. */
    void push(NDArray gradient) {
        lanes.run(share -> shares.get(share).push(dealt.get(share), gradient));
    }

    /**
     * The gradient of each leaf that learns, summed over the devices and attached to {@code owner}, on the first one. A device
     * for which no micro-batch was left has none.
     */
    public NDList gradients(PtNDManager owner) {
        NDList sum = shares.get(0).gradients();
        for (int share = 1; share < count() && shares.get(share).worked(); share++) {
            NDList more = shares.get(share).gradients();
            for (int i = 0; i < more.size(); i++) {
                sum.get(i).addi(here(scope(), more.get(i)));
            }
        }
        sum.attach(owner);
        return sum;
    }

    private static NDArray here(PtNDManager scope, NDArray array) {
        NDArray here = array.toDevice(scope.getDevice(), false);
        here.attach(scope);
        return here;
    }

    @Override
    public void close() {
        shares.forEach(DeviceShare::close);
    }
}
