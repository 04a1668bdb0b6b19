package dev.millrace.embedding.space.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against scipy, numpy and PyTorch: spaces.py writes the numbers. */
class GoldenSpacesTest {
    private static JsonNode golden;
    private static PairedVectors pairs;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = GoldenSpacesTest.class.getResourceAsStream("/golden/spaces.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        pairs = new PairedVectors(rows(golden.path("newer")), rows(golden.path("older")));
    }

    static Stream<SpaceMethod> methods() {
        return Stream.of(
                new OrthogonalProcrustes(),
                new IndexTurn(0.1),
                new LowRankMap(3, 0.1),
                new RidgeMap(0.1),
                new DriftVector(20, 0.3));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void inClosedForm(SpaceMethod method) {
        // When
        SpaceAdapter adapter = method.fit(pairs);

        // Then
        assertAdapted(adapter, golden.path(method.name()));
    }

    @Test
    void byGradient() {
        // Given
        float[][] into = rows(golden.at("/network/into"));
        int hidden = into[0].length;
        NetworkWeights begin = new NetworkWeights(
                into, new float[hidden], new float[hidden][pairs.dimensions()], new float[pairs.dimensions()]);

        // When
        SpaceAdapter adapter =
                new ResidualNetwork(hidden, 40, pairs.size(), 0.01).fit(pairs, begin, new SplittableRandom(1));

        // Then
        assertAdapted(adapter, golden.at("/network/adapted"));
    }

    private static void assertAdapted(SpaceAdapter adapter, JsonNode expected) {
        float[][] asked = rows(golden.path("asked"));
        for (int i = 0; i < asked.length; i++) {
            assertThat(adapter.apply(asked[i])).containsExactly(row(expected.path(i)), offset(1e-5f));
        }
    }

    private static float[][] rows(JsonNode matrix) {
        float[][] rows = new float[matrix.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(matrix.path(i));
        }
        return rows;
    }

    private static float[] row(JsonNode array) {
        float[] row = new float[array.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) array.path(i).asDouble();
        }
        return row;
    }
}
