package dev.millrace.embedding.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A script is loaded once, whoever uses it and for however long. */
class TorchModuleTest {
    private static final String SOURCE = """
            class Times(Module):
              __parameters__ = []
              __buffers__ = []
              factor : float
              def of(self: __torch__.Times, x: List[Tensor]) -> Tensor:
                return torch.mul(x[0], self.factor)
            """;

    @Test
    void whoClosesAModuleTakesItFromNobodyElse() {
        // Given
        try (PtNDManager manager = TorchModule.manager("cpu", 1);
                TorchModule kept = times(manager, 2)) {
            // When
            times(manager, 2).close();

            // Then
            assertThat(of(manager, kept)).isEqualTo(2);
        }
    }

    @Test
    void modulesOfOneTextWithOtherAttributesAreOthers() {
        // Given
        try (PtNDManager manager = TorchModule.manager("cpu", 1);
                TorchModule twice = times(manager, 2);
                TorchModule thrice = times(manager, 3)) {
            // When
            float six = of(manager, twice) * of(manager, thrice);

            // Then
            assertThat(six).isEqualTo(6);
        }
    }

    private static TorchModule times(PtNDManager manager, double factor) {
        return new TorchModule(manager, TorchScriptArchive.of("Times", SOURCE, Map.of("factor", factor)));
    }

    private static float of(PtNDManager manager, TorchModule module) {
        try (PtNDManager scope = TorchModule.scope(manager);
                IValue one = TorchModule.list(new NDList((PtNDArray) scope.ones(new Shape(1))))) {
            return module.infer("of", scope, one).getFloat();
        }
    }
}
