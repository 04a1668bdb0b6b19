package dev.millrace.admin.reindex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * As many texts of a stream as are wanted, each with the same chance whatever its length: those whose hashes are the smallest, in the
 * order of the hashes. So the same corpus gives the same ones, in whatever order it comes, and a repeated text counts once.
 */
final class AnchorSample {
    /** Longer ones would make the space's file large, and say no more. */
    static final int LONGEST = 2000;

    private final int count;
    private final TreeMap<String, String> smallest = new TreeMap<>();

    AnchorSample(int count) {
        this.count = count;
    }

    void see(String text) {
        if (text.length() > LONGEST) {
            return;
        }
        smallest.put(hash(text), text);
        if (smallest.size() > count) {
            smallest.pollLastEntry();
        }
    }

    /** A name-based UUID is an MD5, which is even enough. */
    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    List<String> texts() {
        return List.copyOf(smallest.values());
    }
}
