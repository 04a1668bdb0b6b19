package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.events.json.Decoded;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FailedWindowsTest {

    @Property(tries = 200)
    void whateverPairsFailTheyAloneAreSetAsideAndNoneIsTriedForEver(
            @ForAll @IntRange(min = 1, max = 100) int windowPairs,
            @ForAll @IntRange(min = 1, max = 5) int tries,
            @ForAll @Size(max = 12) Set<@IntRange(max = 199) Integer> culprits) {
        // Given
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(windowPairs, tries, 200));
        List<Entry> stream = entries(200);

        // When
        Set<Integer> setAside = new HashSet<>();
        int attempts = 0;
        int next = 0;
        while (next < stream.size() && attempts < 5000) {
            attempts++;
            int end = Math.min(next + failed.windowPairs(), stream.size());
            Window window = window(stream.subList(next, end));
            SortedMap<Integer, String> condemned = failed.condemned(window);
            int from = next;
            boolean defeated =
                    IntStream.range(next, end).anyMatch(i -> culprits.contains(i) && !condemned.containsKey(i - from));
            if (defeated) {
                failed.failed(window, cause());
            } else {
                condemned.keySet().forEach(place -> setAside.add(from + place));
                failed.learned(window(left(window, condemned)));
                next = end;
            }
        }

        // Then each culprit costs its tries and some halvings
        assertThat(setAside).isEqualTo(culprits);
        assertThat(attempts).isLessThanOrEqualTo(200 + culprits.size() * (tries + 40));
    }

    @Test
    void whatIsCertainIsNotTriedAgainBeforeItsTextsAreLookedAt() {
        // Given
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(8, 100, 3));

        // When
        FailedWindows.Next next = failed.failed(window(entries(8)), new NonFiniteStepException("loss is NaN"));

        // Then
        assertThat(failed.searching()).isTrue();
        assertThat(next.waiting()).isFalse();
    }

    @Test
    void whatIsUsualIsLearnedAnewBeforeTheStreamStandsStill() {
        // Given
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(1, 1, 1));
        Window first = window(entries(1));
        failed.failed(first, cause());
        failed.failed(first, cause());
        failed.learned(window(List.of()));
        Window second = window(entries(2).subList(1, 2));
        failed.failed(second, cause());

        // When
        failed.failed(second, cause());
        boolean unlearning = failed.unlearning();
        boolean standing = failed.standstill().isPresent();
        failed.failed(second, cause());

        // Then
        assertThat(unlearning).isTrue();
        assertThat(standing).isFalse();
        assertThat(failed.standstill())
                .hasValueSatisfying(why -> assertThat(why).contains("nothing more is set aside"));
        assertThat(failed.condemned(second)).isEmpty();
    }

    private static List<Entry> left(Window window, SortedMap<Integer, String> condemned) {
        List<Entry> left = new ArrayList<>(window.records());
        condemned.keySet().forEach(place -> left.remove((int) place));
        return left;
    }

    private static List<Entry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Entry(
                        PairsTopic.partition(0), i, new Decoded.Valid<>(Pairs.pair("id" + i, "q" + i, "d" + i))))
                .toList();
    }

    private static Window window(List<Entry> entries) {
        return new Window(entries, new TreeMap<>());
    }

    private static RuntimeException cause() {
        return new IndexOutOfBoundsException("index out of bounds");
    }
}
