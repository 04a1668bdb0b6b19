package dev.millrace.devstack.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SharesTest {
    @Property
    void addUpAndLieWithinOneOfTheExactShare(
            @ForAll @IntRange(max = 20_000) int whole,
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 20_000) Integer> numbers) {
        // Given
        Map<Integer, Integer> sizes =
                IntStream.range(0, numbers.size()).boxed().collect(Collectors.toMap(i -> i, numbers::get));
        double sum = numbers.stream().mapToInt(Integer::intValue).sum();

        // When
        Map<Integer, Integer> shares = Shares.of(whole, sizes);

        // Then
        assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(whole);
        assertThat(shares).allSatisfy((key, share) -> assertThat(Math.abs(share - whole * sizes.get(key) / sum))
                .isLessThan(1.0 + 1e-9));
    }
}
