package dev.millrace.chaos.load;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;

/** Draws the stream: new pairs, repeats of earlier ones, and what is none. Ids are counted, so every one is known. */
final class EventGenerator {
    private static final double REPEATED = 0.10;
    private static final double MALFORMED = 0.03;
    private static final int REMEMBERED = 500;
    private static final List<String> WORDS = List.of(
            "mill", "race", "wheel", "water", "stone", "grain", "flour", "sack", "river", "weir", "sluice", "cog",
            "shaft", "miller", "bread", "oven", "cart", "horse", "road", "bridge", "meadow", "reed", "heron", "trout",
            "moss", "oak");
    private static final List<String> MALFORMATIONS = List.of(
            "{\"id\": \"%s\", \"anchor\": \"   \", \"positive\": \"blank\"}",
            "{\"id\": \"%s\", \"anchor\": 7, \"positive\": \"a number\"}",
            "{\"id\": \"%s\", \"anchor\": \"no weight at all\", \"positive\": \"p\", \"weight\": -1}",
            "{\"id\": \"%s\"}");

    private final Random random;
    private final List<Item> earlier = new ArrayList<>();
    private int drawn;

    EventGenerator(Random random) {
        this.random = random;
    }

    /** One item of a batch: JSON, and the id under which it is or is not accepted. */
    record Item(String id, byte[] json) {}

    List<Item> batch(int size) {
        List<Item> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(item());
        }
        return batch;
    }

    private Item item() {
        double chance = random.nextDouble();
        if (chance < REPEATED && !earlier.isEmpty()) {
            return earlier.get(random.nextInt(earlier.size()));
        }
        if (chance < REPEATED + MALFORMED) {
            String id = "malformed-" + drawn++;
            String form = MALFORMATIONS.get(random.nextInt(MALFORMATIONS.size()));
            return new Item(id, form.formatted(id).getBytes(StandardCharsets.UTF_8));
        }
        return remembered(pair());
    }

    private Item remembered(Item item) {
        if (earlier.size() == REMEMBERED) {
            earlier.remove(0);
        }
        earlier.add(item);
        return item;
    }

    /** A pair that was never there. */
    Item pair() {
        String id = "pair-" + drawn++;
        Pair pair = new Pair(
                id,
                words(5),
                Optional.of(words(4)),
                List.of(),
                OptionalDouble.empty(),
                Pair.DEFAULT_WEIGHT,
                Optional.empty(),
                "chaos",
                Instant.now());
        return new Item(id, EventJson.write(pair));
    }

    /** What no producer that goes through ingestion could put on a topic. */
    byte[] garbage() {
        byte[] bytes = new byte[random.nextInt(1, 200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A list of results of which the second is clicked, and the pair that has to come of it. */
    record Search(Impression impression, Click click, String pairId) {}

    Search search() {
        String id = "search-" + drawn++;
        List<Impression.Result> results = List.of(result("passed-over", 1), result("wanted", 2), result("unseen", 3));
        Instant now = Instant.now();
        return new Search(
                new Impression(id, words(3), results, now),
                new Click(id, "wanted", OptionalLong.empty(), now),
                "click:" + id + ":wanted");
    }

    private Impression.Result result(String document, int position) {
        return new Impression.Result(document, words(6), position, OptionalDouble.empty());
    }

    private String words(int count) {
        return random.ints(count, 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    }
}
