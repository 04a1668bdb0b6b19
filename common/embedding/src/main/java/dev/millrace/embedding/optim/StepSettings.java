package dev.millrace.embedding.optim;

/**
 * What one optimizer step is told.
 *
 * @param learningRate the optimizer's, above 0; Adafactor takes it relative to a weight's root mean square
 * @param weightDecay for matrices and embeddings; biases and LayerNorm do not decay
 * @param clipNorm largest global gradient norm
 * @param averageDecay share of the old average that stays, [0,1)
 * @param seed of this step's dropout
 */
public record StepSettings(double learningRate, double weightDecay, double clipNorm, double averageDecay, long seed) {}
