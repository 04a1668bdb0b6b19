package dev.millrace.embedding.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.torch.TorchModule;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DJL lays numbers into Java's memory; what a graph reads of them on its way back must still be there. */
class CollectedNumbersTest {
    private static final int ALL_ROWS = 10_000;

    private final List<ByteBuffer> litter = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.millrace.embedding.objective.loss.GoldenObjectivesTest#named")
    void aGarbageCollectionBetweenTheWaysThereAndBackChangesNoGradient(String name, Objective objective) {
        // Given
        float[] undisturbed = gradient(name, objective);

        // When
        float[] disturbed = gradient(name, collecting(objective));

        // Then
        assertThat(disturbed).isEqualTo(undisturbed);
    }

    private static float[] gradient(String name, Objective objective) {
        try (PtNDManager manager = TorchModule.manager("cpu", 1)) {
            PtNDArray vectors = GoldenObjectivesTest.leaf(manager, objective.views());
            Map<String, NDArray> parameters = GoldenObjectivesTest.parameters(manager, name);
            new Losses(objective, ALL_ROWS).backward(manager, GoldenObjectivesTest.batch(name), vectors, parameters);
            return vectors.getGradient().toFloatArray();
        }
    }

    private Objective collecting(Objective objective) {
        List<Term> terms = objective.terms().stream()
                .map(term -> new Term(term.weight(), term.dimensions(), collecting(term.loss())))
                .toList();
        return new Objective() {
            @Override
            public String name() {
                return objective.name();
            }

            @Override
            public List<Term> terms() {
                return terms;
            }
        };
    }

    private Loss collecting(Loss loss) {
        Class<?> kind = loss instanceof RowLoss
                ? RowLoss.class
                : loss instanceof GradedLoss ? GradedLoss.class : TextLoss.class;
        return (Loss)
                Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
                    Object result = method.invoke(loss, arguments);
                    if (result instanceof NDArray) {
                        collect();
                    }
                    return result;
                });
    }

    /** Has the memory of buffers that nobody knows any more given back, and used by others. */
    private void collect() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> forgotten = new WeakReference<>(new Object(), collected);
        System.gc();
        assertThat(collected.remove(10_000)).isSameAs(forgotten);
        // The memory itself is given back by another thread, a moment later, and nothing tells when.
        Thread.sleep(5);
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 + i % 32);
            while (buffer.hasRemaining()) {
                buffer.put((byte) 0xff);
            }
            litter.add(buffer);
        }
    }
}
