package dev.millrace.events.json;

import static dev.millrace.events.json.BadRecordsTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.json.BadRecords.Bad;
import dev.millrace.events.record.Event;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BadRecordsPropertiesTest {
    private static final int EACH = 40;

    @Property(tries = 50)
    void everyBadRecordIsRefusedForItsReason(@ForAll("examples") Event good, @ForAll long seed) {
        // Given
        final BadRecords records = new BadRecords(good, seed, NOW);

        for (int i = 0; i < EACH; i++) {
            final Bad bad = records.next();

            // When
            final Decoded<? extends Event> decoded = BadRecordsTest.read(good, bad);

            // Then
            assertThat(decoded).as(() -> shown(bad)).isEqualTo(new Decoded.Invalid<>(bad.field(), bad.reason()));
        }
    }

    @Provide
    Arbitrary<Event> examples() {
        return Arbitraries.of(BadRecords.examples(NOW));
    }

    private static String shown(Bad bad) {
        final byte[] value = bad.value().orElseGet(() -> new byte[0]);
        return new String(value, 0, Math.min(value.length, 300), StandardCharsets.ISO_8859_1);
    }
}
