package dev.millrace.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class InventoryTest {
    /** Whatever is killed whenever: what may be there is written down, and is taken away once it is not wanted. */
    @Property(tries = 200)
    void whatIsWrittenDownIsWantedOrGoes(@ForAll("ids") Set<ObjectId> before, @ForAll("ids") Set<ObjectId> wanted) {
        // Given
        final Inventory inventory =
                Inventory.of(before.stream().map(ObjectId::toString).toList());

        // When
        final Inventory written = Inventory.of(inventory.with(wanted));

        // Then
        assertThat(written.holds(wanted)).isTrue();
        assertThat(written.objects()).containsAll(before);
        assertThat(inventory.missing(wanted)).noneMatch(before::contains).allMatch(wanted::contains);
        assertThat(Set.copyOf(written.besides(wanted)))
                .isEqualTo(before.stream().filter(id -> !wanted.contains(id)).collect(Collectors.toSet()));
    }

    @Provide
    Arbitrary<Set<ObjectId>> ids() {
        return Combinators.combine(
                        Arbitraries.of("v1", "apps/v1", "networking.k8s.io/v1"),
                        Arbitraries.of("Service", "Job", "Deployment"),
                        Arbitraries.of("a", "b.c", "d-e"))
                .as(ObjectId::new)
                .set()
                .ofMaxSize(8);
    }
}
