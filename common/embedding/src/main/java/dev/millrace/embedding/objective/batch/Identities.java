package dev.millrace.embedding.objective.batch;

/** Names as numbers that are the same in every batch and process (FNV-1a, 64 bits): two differ as good as always. */
final class Identities {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    /** No text begins with it. */
    private static final char GROUP = '\uFFFF';

    private Identities() {}

    static long ofText(String text) {
        return of(BASIS, text);
    }

    static long ofGroup(String group) {
        return of((BASIS ^ GROUP) * PRIME, group);
    }

    private static long of(long start, String name) {
        long hash = start;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash;
    }
}
