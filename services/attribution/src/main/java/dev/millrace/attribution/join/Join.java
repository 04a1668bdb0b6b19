package dev.millrace.attribution.join;

import dev.millrace.attribution.clicks.Attribution;
import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.JoinMeters.ClickFate;
import dev.millrace.attribution.join.JoinMeters.ImpressionFate;
import dev.millrace.events.Click;
import dev.millrace.events.Impression;
import dev.millrace.events.Limits;
import dev.millrace.events.Pair;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One partition's join: what to keep, and what to make of it when its time has come. */
final class Join {
    /** Closing a share of them at a time spares looking for the earliest at every arrival. */
    private static final int SHARE_CLOSED_EARLY = 64;

    private final JoinSettings settings;
    private final ClickAttribution attribution;
    private final JoinMeters meters;
    private final WaitingStores stores;
    private final Consumer<Pair> pairs;

    Join(
            JoinSettings settings,
            ClickAttribution attribution,
            JoinMeters meters,
            WaitingStores stores,
            Consumer<Pair> pairs) {
        this.settings = settings;
        this.attribution = attribution;
        this.meters = meters;
        this.stores = stores;
        this.pairs = pairs;
    }

    void arrive(Arrival arrival, long at) {
        if (arrival instanceof Arrival.Shown shown) {
            show(shown.impression(), at);
        } else if (arrival instanceof Arrival.Clicked clicked) {
            click(clicked.click(), at);
        }
        if (stores.size() > settings.maxWaiting()) {
            final List<Deadline> earliest = stores.earliest(1 + settings.maxWaiting() / SHARE_CLOSED_EARLY);
            meters.closedEarly(earliest.size());
            earliest.forEach(this::close);
        }
    }

    /** A click that arrives in the very millisecond of the deadline is in time, so what is due lies before now. */
    void closeDue(long now) {
        stores.dueBefore(now).forEach(this::close);
    }

    private void show(Impression impression, long at) {
        if (stores.impression(impression.id()).isPresent()) {
            meters.impression(ImpressionFate.REPEATED);
        } else {
            stores.open(new OpenImpression(deadline(at), attribution.kept(impression)));
        }
    }

    private void click(Click click, long at) {
        final Optional<OpenImpression> open = stores.impression(click.impressionId());
        final Optional<Click> known = stores.click(click.impressionId(), click.docId());
        if (open.filter(impression -> at > impression.deadline()).isPresent()) {
            meters.unusedClicks(ClickFate.LATE, 1);
        } else if (open.filter(impression -> !impression.shows(click.docId())).isPresent()) {
            meters.unusedClicks(ClickFate.STRAY, 1);
        } else if (known.isPresent()) {
            meters.unusedClicks(ClickFate.REPEATED, 1);
            stores.keep(attribution.rules().preferred(known.get(), click));
        } else {
            keepFirst(click, at, open.isPresent());
        }
    }

    private void keepFirst(Click click, long at, boolean open) {
        final int waiting = stores.clicks(click.impressionId()).size();
        if (waiting >= Limits.RESULTS) {
            meters.unusedClicks(ClickFate.OVERFLOWING, 1);
            return;
        }
        if (!open && waiting == 0) {
            stores.await(deadline(at), click.impressionId());
        }
        stores.keep(click);
    }

    private void close(Deadline due) {
        stores.remove(due);
        final Optional<OpenImpression> open = stores.impression(due.id());
        final boolean onlyItsFirstClickIsDue =
                open.filter(impression -> impression.deadline() > due.at()).isPresent();
        if (onlyItsFirstClickIsDue) {
            return;
        }
        final List<Click> clicks = stores.clicks(due.id());
        stores.remove(due.id(), clicks);
        open.ifPresentOrElse(
                impression -> attribute(impression.impression(), clicks),
                () -> meters.unusedClicks(ClickFate.ORPHANED, clicks.size()));
    }

    private void attribute(Impression impression, List<Click> clicks) {
        final Attribution result = attribution.attribute(impression, clicks);
        meters.unusedClicks(ClickFate.SHORT, result.shortClicks());
        meters.unusedClicks(ClickFate.STRAY, result.strayClicks());
        meters.impression(result.pairs().isEmpty() ? ImpressionFate.WITHOUT_CLICKS : ImpressionFate.ATTRIBUTED);
        meters.pairs(result.pairs().size());
        result.pairs().forEach(pairs);
    }

    private long deadline(long at) {
        return at + settings.window().toMillis();
    }
}
