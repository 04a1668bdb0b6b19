package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RepeatsTest {

    @Property(tries = 300)
    void theTrainersCountLiesInTheRangeWhateverOrderItReadIn(
            @ForAll long seed, @ForAll @IntRange(max = 60) int horizon, @ForAll @IntRange(max = 3) int unknownWindows) {
        // Given
        Random random = new Random(seed);
        Set<String> seen = new LinkedHashSet<>();
        Repeats repeats = new Repeats(horizon, horizon);
        for (int window = 0; window < 12; window++) {
            List<String> ids = ids(random, random.nextInt(25));
            List<String> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled, random);
            long counted =
                    shuffled.stream().filter(id -> !isNew(seen, id, horizon)).count();
            if (window < unknownWindows) {
                repeats.forgetsThePast();
                continue;
            }

            // When
            Repeats.Range range = repeats.take(ids, 0);

            // Then
            assertThat(counted).isBetween(range.least(), range.most());
        }
    }

    @Property(tries = 100)
    void withinTheHorizonThereIsOneNumber(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        Repeats repeats = new Repeats(1000, 2000);
        for (int window = 0; window < 12; window++) {

            // When
            Repeats.Range range = repeats.take(ids(random, random.nextInt(50)), 0);

            // Then
            assertThat(range.least()).isEqualTo(range.most());
        }
    }

    private static List<String> ids(Random random, int count) {
        return random.ints(0, 80).limit(count).mapToObj(Integer::toString).toList();
    }

    private static boolean isNew(Set<String> seen, String id, int horizon) {
        boolean isNew = seen.add(id);
        Iterator<String> oldest = seen.iterator();
        while (seen.size() > horizon) {
            oldest.next();
            oldest.remove();
        }
        return isNew;
    }
}
