package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

class EventJsonPropertiesTest {
    @Property
    void everyPairComesBackAsItWasWritten(@ForAll("pairs") Pair pair) {
        assertThat(EventJson.readPair(EventJson.write(pair))).isEqualTo(new Decoded.Valid<>(pair));
    }

    @Property
    void everyImpressionComesBackAsItWasWritten(@ForAll("impressions") Impression impression) {
        assertThat(EventJson.readImpression(EventJson.write(impression))).isEqualTo(new Decoded.Valid<>(impression));
    }

    @Property
    void everyClickComesBackAsItWasWritten(@ForAll("clicks") Click click) {
        assertThat(EventJson.readClick(EventJson.write(click))).isEqualTo(new Decoded.Valid<>(click));
    }

    @Property
    void bytesThatAreNoEventAreInvalidAndNeverThrow(@ForAll byte[] garbage) {
        assertThat(readers(garbage)).allSatisfy(decoded -> assertThat(decoded).isInstanceOf(Decoded.Invalid.class));
    }

    /** Damage close to the valid form reaches further into the readers than noise does. */
    @Property
    void aDamagedPairIsReadOrRefusedAndNeverThrows(@ForAll("pairs") Pair pair, @ForAll int place, @ForAll byte damage) {
        final byte[] json = EventJson.write(pair);
        json[Math.floorMod(place, json.length)] = damage;
        assertThat(readers(json)).doesNotContainNull();
    }

    @Property
    void jsonWhoseFieldsHaveAnyTypeIsReadOrRefusedAndNeverThrows(@ForAll("loosePairs") String json) {
        assertThat(readers(json.getBytes(StandardCharsets.UTF_8))).doesNotContainNull();
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Combinators.combine(
                        ids(), texts(), texts().optional(), texts().list().ofMaxSize(4), labels())
                .as((id, anchor, positive, negatives, label) -> new Pair(
                        id,
                        anchor,
                        positive,
                        negatives,
                        label,
                        1 - label.orElse(0) / 2,
                        Optional.of(id).filter(any -> label.isPresent()),
                        id,
                        Instant.ofEpochSecond(negatives.size() * 1_000_000_007L, anchor.length())));
    }

    @Provide
    Arbitrary<Impression> impressions() {
        final Arbitrary<Impression.Result> results = Combinators.combine(
                        ids(), texts(), Arbitraries.integers().greaterOrEqual(1), propensities())
                .as(Impression.Result::new);
        return Combinators.combine(ids(), texts(), results.list().ofMinSize(1).ofMaxSize(5), times())
                .as(Impression::new);
    }

    @Provide
    Arbitrary<Click> clicks() {
        final Arbitrary<OptionalLong> dwell = Arbitraries.longs()
                .greaterOrEqual(0)
                .optional()
                .map(value -> value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty());
        return Combinators.combine(ids(), ids(), dwell, times()).as(Click::new);
    }

    @Provide
    Arbitrary<String> loosePairs() {
        final Arbitrary<String> names = Arbitraries.of(
                "id", "anchor", "positive", "negatives", "label", "weight", "ts", "schema", "results", "dwellMs");
        final Arbitrary<String> values = Arbitraries.of(
                "null",
                "true",
                "\"\"",
                "\"x\"",
                "[]",
                "{}",
                "[[]]",
                "[{}]",
                "-1",
                "1e999",
                "1e-999",
                "0.1",
                "\"\\u0000\"");
        return Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .set()
                .ofMaxSize(8)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    private static Stream<Decoded<?>> readers(byte[] json) {
        return Stream.of(
                EventJson.readPair(json),
                EventJson.readImpression(json),
                EventJson.readClick(json),
                EventJson.readDeadLetter(json),
                EventJson.readCheckpointEvent(json));
    }

    private static Arbitrary<String> ids() {
        return wellFormed().ofMaxLength(256).filter(id -> !id.isBlank());
    }

    private static Arbitrary<String> texts() {
        return wellFormed().ofMaxLength(300).map(String::strip).filter(text -> !text.isBlank());
    }

    private static StringArbitrary wellFormed() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\uD7FF')
                .withCharRange('\uE000', '\uFFFD')
                .ofMinLength(1);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(0, 253_402_300_799L)
                .map(second -> Instant.ofEpochSecond(second, second % 1_000_000_000));
    }

    private static Arbitrary<OptionalDouble> labels() {
        return Arbitraries.doubles().between(0, 1).optional().map(EventJsonPropertiesTest::toDouble);
    }

    private static Arbitrary<OptionalDouble> propensities() {
        return Arbitraries.doubles().between(0, false, 1, true).optional().map(EventJsonPropertiesTest::toDouble);
    }

    private static OptionalDouble toDouble(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }
}
