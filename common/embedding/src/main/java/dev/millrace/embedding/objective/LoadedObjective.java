package dev.millrace.embedding.objective;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.Map;

/** An objective compiled for a device; its settings as the tensor's values. */
public record LoadedObjective(Objective source, TorchModule module, float[] settings) implements AutoCloseable {
    public static LoadedObjective of(Objective objective, PtNDManager manager) {
        float[] settings = new float[Math.max(1, objective.settings().size())];
        for (int i = 0; i < objective.settings().size(); i++) {
            settings[i] = objective.settings().get(i).floatValue();
        }
        return new LoadedObjective(
                objective,
                new TorchModule(
                        manager, TorchScriptArchive.of("Objective", objective.source(), Map.of("training", true))),
                settings);
    }

    @Override
    public void close() {
        module.close();
    }
}
