package dev.millrace.trainer.failure;

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
            @ForAll @Size(max = 12) Set<@IntRange(max = 199) Integer> culprits,
            @ForAll boolean deadly) {
        // Given pairs that defeat a window, or the process that learns it
        FailedWindows.Limits limits = new FailedWindows.Limits(windowPairs, tries, 200);
        KeptFailures memory = new KeptFailures();
        FailedWindows failed = new FailedWindows(limits, memory);
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
            failed.begin(window);
            if (defeated && deadly) {
                failed = new FailedWindows(limits, memory);
            } else if (defeated) {
                failed.failed(window, cause());
            } else {
                condemned.keySet().forEach(place -> setAside.add(from + place));
                failed.learned(without(window, condemned));
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
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(8, 100, 3), new KeptFailures());

        // When
        FailedWindows.Next next = failed.failed(window(entries(8)), new NonFiniteStepException("loss is NaN"));

        // Then
        assertThat(failed.searching()).isTrue();
        assertThat(next.waiting()).isFalse();
    }

    @Test
    void whatIsUsualIsLearnedAnewBeforeTheStreamStandsStill() {
        // Given
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(1, 1, 1), new KeptFailures());
        Window first = window(entries(1));
        failed.failed(first, cause());
        failed.failed(first, cause());
        failed.learned(setAside(first));
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

    @Test
    void aPairThatCannotBeLearnedIsSetAsideThoughOthersAreReadBeforeItIsMetAgain() {
        // Given a pair that could not be learned alone
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(4, 1, 3), new KeptFailures());
        List<Entry> stream = entries(4);
        Window whole = window(stream);
        Window half = window(stream.subList(0, 2));
        Window culprit = window(stream.subList(0, 1));
        List.of(whole, whole, half, culprit).forEach(window -> failed.failed(window, cause()));

        // When another partition's comes first
        failed.learned(window(stream.subList(2, 3)));

        // Then
        assertThat(failed.condemned(whole)).containsOnlyKeys(0);
        assertThat(failed.condemned(window(List.of(sameplace())))).isEmpty();
        failed.learned(setAside(culprit));
        assertThat(failed.condemned(whole)).isEmpty();
    }

    /** The place that a topic of the same name has, made anew. */
    private static Entry sameplace() {
        return new Entry(PairsTopic.partition(0), 0, new Decoded.Valid<>(Pairs.pair("another", "q1", "d1")));
    }

    @Test
    void aWindowThatWasGivenUpIsNoFailure() {
        // Given
        KeptFailures memory = new KeptFailures();
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(8, 2, 3), memory);
        failed.begin(window(entries(8)));
        int noted = memory.read().inARow();

        // When
        failed.abandoned();

        // Then
        assertThat(noted).isEqualTo(1);
        assertThat(memory.read()).isEqualTo(Failures.NONE);
    }

    @Test
    void whatIsBegunCountsOnlyIfTheProcessDoesNotSurviveIt() {
        // Given
        FailedWindows failed = new FailedWindows(new FailedWindows.Limits(8, 1, 3), new KeptFailures());

        // When
        failed.begin(window(entries(8)));

        // Then
        assertThat(failed.searching()).isFalse();
        assertThat(failed.windowPairs()).isEqualTo(8);
    }

    private static Window without(Window window, SortedMap<Integer, String> condemned) {
        List<Entry> left = new ArrayList<>(window.records());
        condemned.forEach((place, reason) -> left.set(place, refused(left.get(place), reason)));
        return window(left);
    }

    private static Window setAside(Window window) {
        return window(
                window.records().stream().map(entry -> refused(entry, "no")).toList());
    }

    private static Entry refused(Entry entry, String reason) {
        return new Entry(entry.partition(), entry.offset(), new Decoded.Invalid<>("", reason));
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
