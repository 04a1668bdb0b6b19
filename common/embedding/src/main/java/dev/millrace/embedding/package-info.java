/**
 * Text to vectors on PyTorch: read a model folder, encode, train, save. Start with {@link dev.millrace.embedding.encode.Encoder}
 * and {@link dev.millrace.embedding.train.TrainableEncoder}; the computation itself is {@code encoder.torchscript} among the resources.
 */
package dev.millrace.embedding;
