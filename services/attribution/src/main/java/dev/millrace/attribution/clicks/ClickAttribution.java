package dev.millrace.attribution.clicks;

import dev.millrace.attribution.config.AttributionConfig;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns one impression and its clicks into weighted pairs. The negatives are the results skipped above the lowest
 * click: a searcher who reads from the top has seen them and passed over them ("Click > Skip Above", Joachims 2002,
 * "Optimizing Search Engines using Clickthrough Data"). What lies below the lowest click may never have been seen.
 */
public final class ClickAttribution {
    private static final String SOURCE = "clicks";
    private static final Comparator<Impression.Result> FROM_THE_TOP = Comparator.comparingInt(
                    Impression.Result::position)
            .thenComparing(Impression.Result::docId)
            .thenComparing(Impression.Result::text)
            .thenComparing(result -> result.propensity().orElse(1));

    private final AttributionRules rules;

    public ClickAttribution(AttributionRules rules) {
        this.rules = rules;
    }

    public static ClickAttribution of(AttributionConfig config) {
        return new ClickAttribution(AttributionRules.of(config));
    }

    public AttributionRules rules() {
        return rules;
    }

    /** The part of an impression that attribution looks at, from the top. */
    public Impression kept(Impression impression) {
        final List<Impression.Result> fromTheTop = impression.results().stream()
                .sorted(FROM_THE_TOP)
                .limit(rules.maxResults())
                .toList();
        return new Impression(impression.id(), impression.query(), fromTheTop, impression.ts());
    }

    /** The pairs of an impression, whatever the order of its results and clicks. */
    public Attribution attribute(Impression impression, Collection<Click> clicks) {
        final List<Impression.Result> results = kept(impression).results();
        final Map<String, Click> byDocument =
                clicks.stream().collect(Collectors.toMap(Click::docId, click -> click, rules::preferred));
        final Map<String, Click> counting = byDocument.values().stream()
                .filter(rules::counts)
                .collect(Collectors.toMap(Click::docId, click -> click));
        final Map<String, Impression.Result> clicked = new LinkedHashMap<>();
        results.stream()
                .filter(result -> counting.containsKey(result.docId()))
                .forEach(result -> clicked.putIfAbsent(result.docId(), result));
        final List<String> negatives = skippedAbove(results, clicked);
        final List<Pair> pairs = clicked.values().stream()
                .map(result -> pair(impression, result, counting.get(result.docId()), negatives))
                .toList();
        return new Attribution(pairs, byDocument.size() - counting.size(), counting.size() - clicked.size());
    }

    private List<String> skippedAbove(List<Impression.Result> results, Map<String, Impression.Result> clicked) {
        final int lowest = clicked.values().stream()
                .mapToInt(Impression.Result::position)
                .max()
                .orElse(0);
        final Set<String> clickedTexts =
                clicked.values().stream().map(Impression.Result::text).collect(Collectors.toSet());
        return results.stream()
                .filter(result -> result.position() < lowest && !clicked.containsKey(result.docId()))
                .map(Impression.Result::text)
                .filter(text -> !clickedTexts.contains(text))
                .distinct()
                .limit(rules.maxNegatives())
                .toList();
    }

    private Pair pair(Impression impression, Impression.Result result, Click click, List<String> negatives) {
        return new Pair(
                PairId.of(impression.id(), result.docId()),
                impression.query(),
                Optional.of(result.text()),
                negatives,
                OptionalDouble.empty(),
                rules.weight(result),
                Optional.empty(),
                SOURCE,
                click.ts());
    }
}
