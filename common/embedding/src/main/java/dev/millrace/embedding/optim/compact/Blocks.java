package dev.millrace.embedding.optim.compact;

/** Elements that share a scale lie next to each other (block-wise quantization: Dettmers et al. 2022). */
final class Blocks {
    static final int SIZE = 128;

    private Blocks() {}

    static int count(int elements) {
        return (int) ((elements + SIZE - 1L) / SIZE);
    }

    /** Behind the last element of a block. */
    static int end(int block, int elements) {
        return (int) Math.min(elements, (block + 1L) * SIZE);
    }
}
