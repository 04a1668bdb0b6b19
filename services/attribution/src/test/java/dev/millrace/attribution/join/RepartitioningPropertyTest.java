package dev.millrace.attribution.join;

import static dev.millrace.attribution.join.RepartitioningRig.HERE;
import static dev.millrace.attribution.join.RepartitioningRig.NOW;
import static dev.millrace.attribution.join.RepartitioningRig.SETTLING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RepartitioningPropertyTest {
    @Property(tries = 100)
    void whatBelongsElsewhereIsHandedOverOnceAndTheRestIsJoinedHere(
            @ForAll @Size(max = 40) Set<@IntRange(max = 500) Integer> shown,
            @ForAll @Size(max = 40) Set<@IntRange(max = 500) Integer> clicked,
            @ForAll @IntRange(min = 5, max = 17) int partitions) {
        // Given
        final RepartitioningRig rig = new RepartitioningRig();
        rig.topics.startWith(4, true);
        final List<Event> here = Stream.<Event>concat(
                        shown.stream().map(i -> RepartitioningRig.impression("i" + i, 20)),
                        clicked.stream().map(i -> RepartitioningRig.click("i" + i)))
                .filter(event -> rig.topics.partitionOf(RepartitioningRig.id(event)) == HERE)
                .toList();
        rig.repartitioning().proceed(NOW, rig.join, rig::move);
        here.forEach(rig::take);

        // When
        rig.topics.startWith(partitions, false);
        final Repartitioning grown = rig.repartitioning();
        grown.proceed(NOW, rig.join, rig::move);

        // Then
        assertThat(rig.moved.stream().map(RepartitioningRig::name))
                .containsExactlyInAnyOrderElementsOf(here.stream()
                        .filter(event -> rig.topics.partitionOf(RepartitioningRig.id(event)) != HERE)
                        .map(RepartitioningRig::name)
                        .toList());
        assertThat(grown.isOver(NOW + SETTLING.toMillis())).isTrue();
        rig.join.closeDue(Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(rig.pairs.stream().map(Pair::id))
                .containsExactlyInAnyOrderElementsOf(here.stream()
                        .filter(event -> event instanceof Impression
                                && rig.topics.partitionOf(RepartitioningRig.id(event)) == HERE)
                        .map(RepartitioningRig::id)
                        .filter(id -> clicked.contains(Integer.valueOf(id.substring(1))))
                        .map(id -> "click:" + id + ":d2")
                        .toList());
        assertThat(rig.stores.size()).isZero();
    }
}
