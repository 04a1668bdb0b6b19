package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gradient of the whole word table, for an optimizer whose moments decay in every row: a lasting table of zeros, into
 * which the rows of a step are laid, and taken out again after it.
 */
final class TableGradient implements AutoCloseable {
    private final NDArray table;
    private final TorchModule module;

    TableGradient(PtNDManager manager, NDArray wordTable) {
        table = wordTable.zerosLike();
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Table", "table.torchscript", Map.of("training", true)));
    }

    /** The gradients with the whole table's in place of the rows, which come first. */
    Gradients spread(PtNDManager scope, Gradients gradients) {
        call("spread", scope, gradients, List.of(gradients.arrays().get(0)));
        NDList whole = new NDList(table);
        whole.addAll(gradients.arrays().subNDList(1));
        return new Gradients(whole, Optional.empty());
    }

    void clear(PtNDManager scope, Gradients gradients) {
        call("clear", scope, gradients, List.of());
    }

    private void call(String method, PtNDManager scope, Gradients gradients, List<NDArray> rows) {
        NDList arguments = TorchModule.named("table[]", List.of(table));
        arguments.add(gradients.rows().orElseThrow());
        arguments.addAll(TorchModule.named("rows[]", rows));
        module.call(method, false, scope, arguments);
    }

    @Override
    public void close() {
        module.close();
        table.close();
    }
}
