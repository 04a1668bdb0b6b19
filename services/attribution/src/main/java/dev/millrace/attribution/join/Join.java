package dev.millrace.attribution.join;

import dev.millrace.attribution.clicks.Attribution;
import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.JoinMeters.ClickFate;
import dev.millrace.attribution.join.JoinMeters.ImpressionFate;
import dev.millrace.attribution.join.store.Deadline;
import dev.millrace.attribution.join.store.Deadline.Kind;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** One partition's join: what to keep, and what to make of it when its time has come. */
public final class Join {
    /** Closing a share of them at a time spares looking for the earliest at every arrival. */
    private static final int SHARE_CLOSED_EARLY = 64;

    private final JoinSettings settings;
    private final ClickAttribution attribution;
    private final JoinMeters meters;
    private final WaitingStores stores;
    private final Consumer<Pair> pairs;
    private long closedEarly;

    public Join(
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

    public void show(Impression impression, long at) {
        if (stores.impression(impression.id()).isPresent()) {
            meters.impression(ImpressionFate.REPEATED);
        } else {
            await(Kind.IMPRESSION_FOR_CLICKS, at, impression.id());
            stores.keep(attribution.kept(impression));
        }
    }

    public void click(Click click, long at) {
        final Optional<Impression> open = stores.impression(click.impressionId());
        final Optional<Click> known = stores.click(click.impressionId(), click.docId());
        if (open.filter(impression -> !shows(impression, click.docId())).isPresent()) {
            meters.unusedClicks(ClickFate.STRAY, 1);
        } else if (known.isPresent()) {
            meters.unusedClicks(ClickFate.REPEATED, 1);
            stores.keep(attribution.rules().preferred(known.get(), click));
        } else {
            keepFirst(click, at, open.isPresent());
        }
    }

    /** A click in the very millisecond of the deadline is in time, so what is due lies before what has been read. */
    public void closeDue(long impressionsRead, long clicksRead) {
        stores.before(Kind.IMPRESSION_FOR_CLICKS, clicksRead).forEach(this::close);
        stores.before(Kind.CLICKS_FOR_IMPRESSION, impressionsRead).forEach(this::close);
    }

    private void keepFirst(Click click, long at, boolean open) {
        final int waiting = stores.clicks(click.impressionId()).size();
        if (waiting >= Limits.RESULTS) {
            meters.unusedClicks(ClickFate.OVERFLOWING, 1);
            return;
        }
        if (!open && waiting == 0) {
            await(Kind.CLICKS_FOR_IMPRESSION, at, click.impressionId());
        }
        stores.keep(click);
    }

    /** The deadline is stored before what waits: should the second write fail, nothing is left that never leaves. */
    private void await(Kind kind, long at, String impressionId) {
        if (stores.size() >= settings.maxWaiting()) {
            closeEarly(1 + settings.maxWaiting() / SHARE_CLOSED_EARLY);
        }
        while (stores.mustGiveWay() && stores.size() > 0) {
            closeEarly(1 + stores.size() / SHARE_CLOSED_EARLY);
        }
        stores.await(new Deadline(kind, at + settings.window().toMillis(), impressionId));
    }

    private void closeEarly(long count) {
        Stream.of(Kind.values())
                .flatMap(kind -> stores.earliest(kind, count).stream())
                .sorted(Comparator.comparingLong(Deadline::at))
                .limit(count)
                .forEach(this::close);
        closedEarly += count;
        meters.closedEarly(count);
    }

    /** How many waits ended before their time, since the start of this join. */
    public long closedEarly() {
        return closedEarly;
    }

    /**
     * Gives away what waits for this deadline, the impression before its clicks.
     *
     * @param move puts an event elsewhere, and says how many bytes it takes there
     * @return the bytes of all that was given away
     */
    public int handOver(Deadline due, ToIntFunction<Event> move) {
        stores.remove(due);
        return Stream.<Event>concat(stores.impression(due.id()).stream(), takeAll(due.id()).stream())
                .mapToInt(move)
                .sum();
    }

    private void close(Deadline due) {
        stores.remove(due);
        final Optional<Impression> open = stores.impression(due.id());
        if (due.kind() == Kind.IMPRESSION_FOR_CLICKS) {
            open.ifPresent(impression -> attribute(impression, takeAll(due.id())));
        } else if (open.isEmpty()) {
            meters.unusedClicks(ClickFate.ORPHANED, takeAll(due.id()).size());
        }
    }

    private List<Click> takeAll(String impressionId) {
        final List<Click> clicks = stores.clicks(impressionId);
        stores.remove(impressionId, clicks);
        return clicks;
    }

    private void attribute(Impression impression, List<Click> clicks) {
        final Attribution result = attribution.attribute(impression, clicks);
        meters.unusedClicks(ClickFate.SHORT, result.shortClicks());
        meters.unusedClicks(ClickFate.STRAY, result.strayClicks());
        meters.impression(result.pairs().isEmpty() ? ImpressionFate.WITHOUT_CLICKS : ImpressionFate.ATTRIBUTED);
        meters.pairs(result.pairs().size());
        result.pairs().forEach(pairs);
    }

    private static boolean shows(Impression impression, String docId) {
        return impression.results().stream().anyMatch(result -> result.docId().equals(docId));
    }
}
