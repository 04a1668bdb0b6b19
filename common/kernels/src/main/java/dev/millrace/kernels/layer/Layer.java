package dev.millrace.kernels.layer;

import dev.millrace.kernels.activation.Activations;
import dev.millrace.kernels.threads.Crew;

/**
 * One transformer layer with post-normalization, as BERT has it (Devlin et al. 2018): attention, then the feed-forward network, each
 * added to what it was given. Takes and gives {@code x}, and {@code x} laid out for the next product.
 */
public interface Layer<A extends Activations> {
    void forward(A batch, Crew crew);
}
