package dev.millrace.attribution.join.topology;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.util.List;
import java.util.Optional;

/** Events in as many bytes as their topic takes: a record that is refused would be sent again for ever. */
final class Fitting {
    private Fitting() {}

    /** The pair with as many of its negatives, from the first, as fit; empty when it does not fit even without. */
    static Optional<byte[]> pair(Pair pair, int largest) {
        final byte[] json = EventJson.write(pair);
        if (json.length <= largest) {
            return Optional.of(json);
        }
        final int negatives = pair.negatives().size();
        return negatives == 0
                ? Optional.empty()
                : pair(with(pair, pair.negatives().subList(0, negatives - 1)), largest);
    }

    /** The impression with as many of its results, from the top, as fit; empty when not one does. */
    static Optional<byte[]> impression(Impression impression, int largest) {
        final byte[] json = EventJson.write(impression);
        if (json.length <= largest) {
            return Optional.of(json);
        }
        final List<Impression.Result> results = impression.results();
        return results.size() == 1
                ? Optional.empty()
                : impression(
                        new Impression(
                                impression.id(),
                                impression.query(),
                                results.subList(0, results.size() - 1),
                                impression.ts()),
                        largest);
    }

    private static Pair with(Pair pair, List<String> negatives) {
        return new Pair(
                pair.id(),
                pair.anchor(),
                pair.positive(),
                negatives,
                pair.label(),
                pair.weight(),
                pair.group(),
                pair.source(),
                pair.ts());
    }
}
