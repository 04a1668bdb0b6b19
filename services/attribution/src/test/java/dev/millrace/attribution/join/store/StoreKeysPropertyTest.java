package dev.millrace.attribution.join.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class StoreKeysPropertyTest {
    @Property
    void deadlinesSortByTime(
            @ForAll @LongRange(min = 0) long one,
            @ForAll @LongRange(min = 0) long other,
            @ForAll Deadline.Kind kind,
            @ForAll @StringLength(max = 4) String id) {
        // When
        final int order =
                Arrays.compareUnsigned(bytes(new Deadline(kind, one, id)), bytes(new Deadline(kind, other, id)));

        // Then
        assertThat(Integer.signum(order)).isEqualTo(Long.compare(one, other));
    }

    @Property
    void anImpressionsClicksAreARangeOfTheirOwn(
            @ForAll("id") String impression, @ForAll("id") String other, @ForAll("id") String document) {
        // Given
        final byte[] range = ClickKey.ofImpression().serialize("", impression);

        // When
        final byte[] key = ClickKey.serde().serializer().serialize("", new ClickKey(other, document));

        // Then
        final boolean inRange = key.length >= range.length && Arrays.equals(range, Arrays.copyOf(key, range.length));
        assertThat(inRange).isEqualTo(impression.equals(other));
    }

    @Property
    void keysAreReadAsWritten(@ForAll("id") String impression, @ForAll("id") String document) {
        // Given
        final ClickKey click = new ClickKey(impression, document);
        final Deadline deadline = new Deadline(Deadline.Kind.CLICKS_FOR_IMPRESSION, 7, impression);

        // When
        final byte[] clickBytes = ClickKey.serde().serializer().serialize("", click);

        // Then
        assertThat(ClickKey.serde().deserializer().deserialize("", clickBytes)).isEqualTo(click);
        assertThat(Deadline.serde().deserializer().deserialize("", bytes(deadline)))
                .isEqualTo(deadline);
    }

    /** Few characters, so that ids are often equal or each other's beginning. */
    @Provide
    Arbitrary<String> id() {
        return Arbitraries.strings()
                .withChars('a', 'b', ':', '\0', '\u00e9', '\u4e2d')
                .ofMinLength(1)
                .ofMaxLength(4);
    }

    private static byte[] bytes(Deadline deadline) {
        return Deadline.serde().serializer().serialize("", deadline);
    }
}
