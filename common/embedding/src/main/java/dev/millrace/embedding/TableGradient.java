package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;
import java.util.Map;

/**
 * The gradient of the whole word table, for an optimizer whose moments decay in every row: a lasting table of zeros, into
 * which the rows of a step are laid, and taken out again after it.
 */
final class TableGradient implements AutoCloseable {
    private final NDArray table;
    private final TorchModule module;

    TableGradient(PtNDManager manager, NDArray wordTable) {
        table = wordTable.zerosLike();
        module = new TorchModule(manager, TorchScriptArchive.ofResource("Table", "table.ts", Map.of("training", true)));
    }

    /** The gradients with the whole table's in place of the rows {@code ids}, which come first. */
    NDList spread(PtNDManager scope, NDList gradients, NDArray ids) {
        call("spread", scope, ids, List.of(gradients.get(0)));
        NDList whole = new NDList(table);
        whole.addAll(gradients.subNDList(1));
        return whole;
    }

    void clear(PtNDManager scope, NDArray ids) {
        call("clear", scope, ids, List.of());
    }

    private void call(String method, PtNDManager scope, NDArray ids, List<NDArray> rows) {
        NDList arguments = TorchModule.named("table[]", List.of(table));
        arguments.add(ids);
        arguments.addAll(TorchModule.named("rows[]", rows));
        module.call(method, false, scope, arguments);
    }

    @Override
    public void close() {
        module.close();
        table.close();
    }
}
