package dev.millrace.embedding.train.gradient;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.torch.Lanes;
import java.util.ArrayList;
import java.util.List;

/** The model on every device that shares the batches; the first works on the masters, the others follow them. */
public final class Replicas implements AutoCloseable {
    private final Weights masters;
    private final List<Replica> replicas = new ArrayList<>();
    private final Lanes lanes;

    /** With the masters on the device of {@code manager}. */
    public Replicas(PtNDManager manager, ModelFolder model, Weights masters, EncoderOptions options) {
        this.masters = masters;
        List<EncoderOptions> devices = options.eachDevice();
        lanes = new Lanes(devices.size());
        replicas.add(Replica.first(manager, model, masters, devices.get(0)));
        for (EncoderOptions further : devices.subList(1, devices.size())) {
            replicas.add(Replica.further(model, masters, further));
        }
    }

    /** The one on the masters. */
    public Replica first() {
        return replicas.get(0);
    }

    /** For one step; to be closed by the caller. */
    public DeviceShares shares(VocabularyRows rows, Differentiation asked) {
        return new DeviceShares(
                replicas.stream().map(replica -> replica.share(rows, asked)).toList(), lanes);
    }

    /** Brings the masters, which a step has changed, to the other devices. */
    public void follow() {
        for (Replica replica : replicas.subList(1, replicas.size())) {
            replica.graph().copy(masters.arrays(), replica.weights().arrays());
        }
    }

    @Override
    public void close() {
        lanes.close();
        replicas.forEach(Replica::close);
    }
}
