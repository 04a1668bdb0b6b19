package dev.millrace.embedding.optim.compact;

import java.nio.ByteBuffer;

/** Numbers from 0 to 15, two a byte, the lower half first. */
record Nibbles(ByteBuffer bytes) {
    static int bytes(int count) {
        return count / 2 + count % 2;
    }

    int get(int index) {
        return (bytes.get(index / 2) >>> (4 * (index % 2))) & 0xf;
    }

    /** In ascending order, as an even one clears the byte. */
    void put(int index, int number) {
        int before = index % 2 == 0 ? 0 : bytes.get(index / 2);
        bytes.put(index / 2, (byte) (before | (number << (4 * (index % 2)))));
    }
}
