package dev.millrace.devstack.demo.traffic;

import dev.millrace.client.encoder.EncoderClient;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.measure.Relevance;
import dev.millrace.devstack.demo.stack.EncoderTraffic;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Searches a chapter's documents with the vectors served now, and lets the simulated user click. */
public final class Searches {
    private static final int SHOWN = 10;
    private static final int POOL = 200;

    private final EncoderTraffic encoder;
    private final SimulatedUser user;
    private final InstantSource clock;

    public Searches(EncoderTraffic encoder, SimulatedUser user, InstantSource clock) {
        this.encoder = encoder;
        this.user = user;
        this.clock = clock;
    }

    /** What was shown and what was clicked. */
    record Session(List<Impression> impressions, List<Click> clicks) {}

    /** A document with its vector. */
    private record Entry(String text, float[] vector) {}

    Session search(List<Example> asked, Chapter chapter) throws InterruptedException {
        List<String> texts = searched(asked, chapter);
        List<float[]> documents = encoder.embed(EncoderClient.STABLE, texts);
        List<Entry> entries = IntStream.range(0, texts.size())
                .mapToObj(i -> new Entry(texts.get(i), documents.get(i)))
                .toList();
        List<float[]> queries = encoder.embed(
                EncoderClient.STABLE, asked.stream().map(Example::query).toList());
        Relevance relevance = Relevance.of(chapter.examples());
        List<Impression> impressions = new ArrayList<>();
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            List<Entry> shown = best(queries.get(i), entries);
            impressions.add(impression(asked.get(i), shown));
            clicks.addAll(clicks(asked.get(i), shown, relevance));
        }
        return new Session(impressions, clicks);
    }

    /** The documents that answer, and others of the chapter up to the pool's size. */
    private List<String> searched(List<Example> asked, Chapter chapter) {
        return Stream.concat(asked.stream().map(Example::document), chapter.documents().stream())
                .distinct()
                .limit(POOL)
                .toList();
    }

    private static List<Entry> best(float[] query, List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparingDouble(entry -> -dot(query, entry.vector())))
                .limit(SHOWN)
                .toList();
    }

    private Impression impression(Example asked, List<Entry> shown) {
        List<Impression.Result> results = IntStream.rangeClosed(1, shown.size())
                .mapToObj(position -> new Impression.Result(
                        docId(shown.get(position - 1)),
                        shown.get(position - 1).text(),
                        position,
                        OptionalDouble.of(SimulatedUser.examination(position))))
                .toList();
        return new Impression(impressionId(asked), asked.query(), results, clock.instant());
    }

    private List<Click> clicks(Example asked, List<Entry> shown, Relevance relevance) {
        Instant now = clock.instant();
        return user.clicks(shown, entry -> relevance.answers(entry.text(), asked)).stream()
                .map(position ->
                        new Click(impressionId(asked), docId(shown.get(position - 1)), OptionalLong.empty(), now))
                .toList();
    }

    private static String impressionId(Example asked) {
        return "search-" + asked.id();
    }

    private static String docId(Entry entry) {
        return UUID.nameUUIDFromBytes(entry.text().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
