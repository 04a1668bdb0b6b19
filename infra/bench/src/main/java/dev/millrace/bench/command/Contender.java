package dev.millrace.bench.command;

/** Who is measured; loaded once, asked in turns with the others, so that a noisy minute hits all alike. */
public interface Contender extends AutoCloseable {
    /** As in the JSON: millrace, sentence-transformers, torch, torch-compiled, onnxruntime, text-embeddings-inference. */
    String who();

    String precision();

    /** Does the work once; the figure is in the work's unit. */
    double measure(Work work);

    @Override
    void close();
}
