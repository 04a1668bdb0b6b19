package dev.millrace.attribution.join;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;

/** A valid event on its way into the join. */
sealed interface Arrival {
    record Shown(Impression impression) implements Arrival {}

    record Clicked(Click click) implements Arrival {}
}
