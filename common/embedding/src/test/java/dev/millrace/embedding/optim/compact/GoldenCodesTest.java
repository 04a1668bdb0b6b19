package dev.millrace.embedding.optim.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes as {@code golden/compact.py} has them, which was written apart from this code. */
class GoldenCodesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        golden = JSON.readTree(GoldenCodesTest.class.getResourceAsStream("/golden/compact.json"));
    }

    @Test
    void anAverageIsItsBf16AndFourBits() {
        // Given
        FloatBuffer average = given("average");
        ByteBuffer low = allocated(Nibbles.bytes(average.capacity()));

        // When
        AverageCode.encode(average, new Nibbles(low), dice());

        // Then
        assertSame(average, "/average/numbers");
        assertSame(low, "/average/codes");
        FloatBuffer published = floats("/average/numbers");
        for (int i = 0; i < published.capacity(); i++) {
            published.put(i, nearestBrainFloat(published.get(i)));
        }
        AverageCode.decode(published, new Nibbles(low));
        assertSame(published, "/average/numbers");
    }

    @Test
    void aWeightIsHowFarItIsFromItsAverage() {
        // Given
        FloatBuffer weights = given("weights");
        ByteBuffer codes = allocated(weights.capacity());
        ByteBuffer exponents = allocated(Blocks.count(weights.capacity()));
        DifferenceCode code = new DifferenceCode(codes, exponents);

        // When
        code.encode(weights, floats("/average/numbers"), dice());

        // Then
        assertSame(weights, "/weights/numbers");
        assertSame(codes, "/weights/codes");
        assertSame(exponents, "/weights/exponents");
        FloatBuffer decoded = floats("/average/numbers");
        code.decode(decoded);
        assertSame(decoded, "/weights/numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void aMomentIsFourBitsAndABlocksScale(String part) {
        // Given
        FloatBuffer moment = given(part);
        ByteBuffer codes = allocated(Nibbles.bytes(moment.capacity()));
        FloatBuffer scales =
                allocated(Float.BYTES * Blocks.count(moment.capacity())).asFloatBuffer();
        MomentCode code = MomentCodes.of(part + ".weight").orElseThrow();

        // When
        code.encode(moment, new Nibbles(codes), scales, dice());

        // Then
        assertSame(moment, "/" + part + "/numbers");
        assertSame(codes, "/" + part + "/codes");
        assertSame(scales, "/" + part + "/scales");
        FloatBuffer decoded = given(part);
        code.decode(new Nibbles(codes), scales, decoded);
        assertSame(decoded, "/" + part + "/numbers");
    }

    private static Dice dice() {
        return Dice.of(golden.path("steps").asLong(), golden.path("tensor").asInt());
    }

    private static float nearestBrainFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
    }

    private static FloatBuffer given(String name) {
        return floats("/given/" + name);
    }

    private static FloatBuffer floats(String place) {
        return bytes(place).asFloatBuffer();
    }

    private static ByteBuffer bytes(String place) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(golden.at(place).asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer allocated(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertSame(FloatBuffer actual, String place) {
        assertThat(actual.duplicate().rewind()).isEqualTo(floats(place));
    }

    private static void assertSame(ByteBuffer actual, String place) {
        assertThat(actual.duplicate().rewind()).isEqualTo(bytes(place));
    }
}
