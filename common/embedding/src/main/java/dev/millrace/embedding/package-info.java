/**
 * Text to vectors on PyTorch: read a model folder, encode, train, save. Start with {@link dev.millrace.embedding.Encoder}
 * and {@link dev.millrace.embedding.TrainableEncoder}; the computation itself is {@code encoder.ts} among the resources.
 */
package dev.millrace.embedding;
