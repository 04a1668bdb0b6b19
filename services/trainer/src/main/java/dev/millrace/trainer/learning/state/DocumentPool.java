package dev.millrace.trainer.learning.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.trainer.learning.state.DocumentChanges.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The newest texts that may be found though nobody has asked for them yet, to mine from, and up to where they were
 * read: both are one with the version that they shaped.
 */
public final class DocumentPool {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "documents.json";

    private final int capacity;
    private final Map<String, String> oldestFirst = new LinkedHashMap<>();
    private DocumentPlace place = DocumentPlace.BEGINNING;

    /** Empty, with room for so many. */
    public DocumentPool(int capacity) {
        this.capacity = capacity;
    }

    /** Takes over what was read. A text that is changed is as new as one that came. */
    public void take(DocumentChanges read) {
        if (read.anew()) {
            oldestFirst.clear();
        }
        for (Change change : read.changes()) {
            oldestFirst.remove(change.id());
            change.text().ifPresent(text -> oldestFirst.put(change.id(), text));
            trim();
        }
        place = read.place();
    }

    private void trim() {
        Iterator<String> oldest = oldestFirst.keySet().iterator();
        for (int over = oldestFirst.size() - capacity; over > 0; over--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Up to where they were read. */
    public DocumentPlace place() {
        return place;
    }

    public int size() {
        return oldestFirst.size();
    }

    /** {@code count} texts of different documents, or all where there are fewer. */
    public List<String> draw(int count, SplittableRandom random) {
        List<String> texts = new ArrayList<>(oldestFirst.values());
        int wanted = Math.min(count, texts.size());
        for (int i = 0; i < wanted; i++) {
            int other = random.nextInt(i, texts.size());
            texts.set(i, texts.set(other, texts.get(i)));
        }
        return List.copyOf(texts.subList(0, wanted));
    }

    /** Reads what {@link #save} wrote, as far as there is room; empty where nothing was. */
    static DocumentPool load(Path folder, int capacity) {
        DocumentPool pool = new DocumentPool(capacity);
        if (capacity > 0 && Files.exists(folder.resolve(FILE))) {
            JsonNode saved = json(folder.resolve(FILE));
            saved.path("texts")
                    .properties()
                    .forEach(text ->
                            pool.oldestFirst.put(text.getKey(), text.getValue().textValue()));
            pool.trim();
            SortedMap<Integer, Long> next = new TreeMap<>();
            saved.path("next")
                    .properties()
                    .forEach(offset -> next.put(
                            Integer.valueOf(offset.getKey()), offset.getValue().longValue()));
            pool.place =
                    new DocumentPlace(Optional.ofNullable(saved.path("topic").textValue()), next);
        }
        return pool;
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing where nothing was ever read. */
    void save(Path folder) throws IOException {
        if (place.topic().isEmpty()) {
            return;
        }
        ObjectNode saved = JSON.createObjectNode();
        place.topic().ifPresent(topic -> saved.put("topic", topic));
        ObjectNode next = saved.putObject("next");
        place.next().forEach((partition, offset) -> next.put(partition.toString(), offset));
        ObjectNode texts = saved.putObject("texts");
        oldestFirst.forEach(texts::put);
        JSON.writeValue(folder.resolve(FILE).toFile(), saved);
    }
}
