package dev.millrace.embedding.objective;

/**
 * A loss that is a function of unit vectors, as TorchScript text, so that it runs and differentiates on any device.
 *
 * <p>It is a mean over anchors by weight: of a batch of very many anchors and texts it is asked block by block of anchors.
 *
 * <p>The text defines one function body with these tensors at hand and must {@code return} a scalar:
 *
 * <ul>
 *   <li>{@code e} [u, d] fp32 unit vectors of the batch's unique texts
 *   <li>{@code anchor} [n] int64 and {@code positive} [n] int64, rows of {@code e}
 *   <li>{@code candidates} [n, u] bool: texts an anchor is compared with, its positive among them
 *   <li>{@code weight} [n] fp32, the largest 1, {@code settings} the objective's own numbers
 * </ul>
 *
 * @param name for logs and manifests
 * @param body TorchScript statements, indented by four spaces
 * @param settings numbers that the body reads as {@code settings}
 */
public record Objective(String name, String body, java.util.List<Double> settings) {
    /** The whole TorchScript source. */
    String source() {
        return """
                class Objective(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def loss(self: __torch__.Objective, e: Tensor, anchor: Tensor, positive: Tensor, candidates: Tensor, weight: Tensor, settings: Tensor) -> Tensor:
                """ + body;
    }
}
