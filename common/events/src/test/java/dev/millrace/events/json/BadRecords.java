package dev.millrace.events.json;

import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * An endless supply of what other producers may put on a topic of events, each with what is to be said of it. The same seed
 * gives the same records. None is an event of the topic.
 */
public final class BadRecords {
    private static final String NO_JSON = "must be one JSON document";
    private static final String NO_UTF_8 = "must be UTF-8";
    private static final String NOTHING = "must not be empty";
    private static final String TOO_MUCH =
            "must be JSON no deeper than 16, with numbers of at most 64 and names of at most 50000 characters";
    private static final int DEEPEST = 100_000;
    private static final int LARGEST = 10 << 20;

    /** A large value costs as much as a thousand others: the hundredth is one, and from then on every thousandth. */
    private static final int LARGE = 100;

    private static final int ONE_IN_LARGE = 1000;

    private final Random random;
    private final Instant now;
    private final String good;
    private final List<FieldFault> faults;
    private final List<Kind> kinds;
    private int made;

    /**
     * Bad records of one topic.
     *
     * @param good an event that the topic takes
     * @param now when the records will be read
     */
    public BadRecords(Event good, long seed, Instant now) {
        this.random = new Random(seed);
        this.now = now;
        this.good = new String(json(good), StandardCharsets.UTF_8);
        this.faults = FieldFault.of(good);
        this.kinds = kinds();
    }

    /**
     * A value and what its dead letter says.
     *
     * @param value empty for a deletion
     * @param field empty when the value as a whole is bad
     */
    public record Bad(Optional<byte[]> value, String field, String reason) {
        static Bad text(String value, String reason) {
            return bytes(value.getBytes(StandardCharsets.UTF_8), reason);
        }

        static Bad bytes(byte[] value, String reason) {
            return new Bad(Optional.of(value), "", reason);
        }
    }

    /** One way to be no event. */
    interface Kind {
        Bad make();
    }

    /** The next record, of any kind. */
    public Bad next() {
        made++;
        return made % ONE_IN_LARGE == LARGE ? large() : any(kinds).make();
    }

    /** Every kind but the large. */
    private List<Kind> kinds() {
        final List<Kind> all = new ArrayList<>(List.of(
                this::garbage,
                this::noise,
                () -> new Bad(Optional.empty(), "", NOTHING),
                () -> Bad.text(any(List.of("", " ", "\n\t ")), NOTHING),
                () -> Bad.text(any(List.of("[]", "7", "\"text\"", "true", "null", "[{}]")), "must be a JSON object"),
                () -> Bad.text(good.substring(0, 1 + random.nextInt(good.length() - 1)), NO_JSON),
                () -> Bad.text(good + any(List.of("{}", " 7", "[]", "\nnull")), "must end after one JSON document"),
                () -> Bad.text(good + any(List.of("x", "}", ",")), NO_JSON),
                () -> Bad.text(good.replaceFirst("\"", "'"), NO_JSON),
                () -> Bad.bytes(good.getBytes(StandardCharsets.UTF_16), NO_UTF_8),
                this::notUtf8,
                this::deep,
                () -> Bad.text(good.replaceFirst("\\{", "{\"schema\":1,"), "must not have a field twice"),
                () -> Bad.text(with("more", any(List.of("NaN", "Infinity", "-Infinity", "01", "+1", "0x1F"))), NO_JSON),
                () -> Bad.text(with("more", "9".repeat(65 + random.nextInt(1000))), TOO_MUCH),
                () -> Bad.text(with("n".repeat(50_001), "1"), TOO_MUCH),
                this::future));
        faults.forEach(fault -> all.add(() -> new Bad(
                Optional.of(replaced(fault.name(), fault.value()).getBytes(StandardCharsets.UTF_8)),
                fault.path(),
                fault.reason())));
        return all;
    }

    private Bad garbage() {
        final byte[] bytes = new byte[1 + random.nextInt(2000)];
        random.nextBytes(bytes);
        bytes[random.nextInt(bytes.length)] = (byte) 0xFF;
        return Bad.bytes(bytes, NO_UTF_8);
    }

    private Bad noise() {
        final String text = random.ints(1 + random.nextInt(500), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Bad.text("<" + text, NO_JSON);
    }

    /** A lone surrogate, an overlong slash, Latin-1, a character cut off: inside a string of valid JSON. */
    private Bad notUtf8() {
        final String sequence = any(List.of("\u00ed\u00a0\u0080", "\u00c0\u00af", "caf\u00e9", "\u00e2\u0082"));
        return Bad.bytes(with("more", "\"" + sequence + "\"").getBytes(StandardCharsets.ISO_8859_1), NO_UTF_8);
    }

    private Bad deep() {
        final int depth = 17 + random.nextInt(random.nextInt(20) == 0 ? DEEPEST : 100);
        return Bad.text(any(List.of("[", "{\"a\":")).repeat(depth), TOO_MUCH);
    }

    private Bad large() {
        final int size = made == LARGE ? LARGEST : Limits.VALUE_BYTES + 1 + random.nextInt(100_000);
        final String padded = with("more", "\"" + "x".repeat(size) + "\"");
        return Bad.text(padded, "must have at most 1048576 bytes");
    }

    private Bad future() {
        final Instant ts = now.plus(Limits.AHEAD).plus(Duration.ofHours(1 + random.nextInt(100_000)));
        return new Bad(
                Optional.of(replaced("ts", "\"" + ts + "\"").getBytes(StandardCharsets.UTF_8)),
                "ts",
                "must lie at most a day after the event arrived");
    }

    /** The good event with one more field at its beginning. */
    private String with(String name, String value) {
        return "{\"" + name + "\":" + value + "," + good.substring(1);
    }

    /** The good event with another value of a field, or one more where it has none of that name. */
    private String replaced(String name, String value) {
        final String field = "\"" + name + "\":";
        final int start = good.indexOf(field);
        if (start < 0) {
            return with(name, value);
        }
        final int from = start + field.length();
        return good.substring(0, from) + value + good.substring(end(from));
    }

    /** Where a value of the good event ends; its strings hold neither brackets nor quotes. */
    private int end(int from) {
        int depth = 0;
        int at = from;
        while (depth > 0 || (good.charAt(at) != ',' && good.charAt(at) != '}')) {
            final char c = good.charAt(at);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            at++;
        }
        return at;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static byte[] json(Event event) {
        if (event instanceof Pair pair) {
            return EventJson.write(pair);
        }
        if (event instanceof Impression impression) {
            return EventJson.write(impression);
        }
        if (event instanceof Click click) {
            return EventJson.write(click);
        }
        if (event instanceof Document document) {
            return EventJson.write(document);
        }
        return EventJson.write((CheckpointEvent) event);
    }

    /** An event of each topic, of ASCII without brackets or quotes in its texts. */
    public static List<Event> examples(Instant ts) {
        return List.of(
                Samples.plainPair(ts),
                Samples.plainImpression(ts),
                new Click("i-1", "d-1", OptionalLong.of(5300), ts),
                new CheckpointEvent("stable", "v000012-3fa91c07", "s-5d41", ts),
                new Document("d-1", "resetting your pin", ts));
    }
}
