package dev.millrace.bench.learning;

import java.util.List;

/** The rows of {@code ./millrace bench methods}: what METHODS' users would choose between. */
final class MethodVariants {
    private static final String OBJECTIVE = "objective";
    private static final String MINER = "miner";
    private static final String BATCH = "batch-pairs";
    private static final String COMPOSER = "composer";

    /** The comparison that a practitioner published: in-batch negatives, and what graded losses add to them. */
    static final List<Variant> COMPARISON = List.of(
            Variant.of("in-batch", MINER, "none"),
            Variant.of("angle", OBJECTIVE, "angle"),
            Variant.of("cosent", OBJECTIVE, "cosent"),
            Variant.of("in-batch + angle", OBJECTIVE, "info-nce + angle"),
            Variant.of("cosent + angle", OBJECTIVE, "cosent + angle"),
            Variant.of("in-batch + cosent", OBJECTIVE, "info-nce + cosent"),
            Variant.of("all three", OBJECTIVE, "info-nce + cosent + angle"),
            Variant.of("in-batch ifm", OBJECTIVE, "ifm", MINER, "none"));

    private static final List<Variant> OBJECTIVES = List.of(
            Variant.of("mined (default)"),
            Variant.of("both directions", OBJECTIVE, "info-nce(directions=both)"),
            Variant.of("nt-xent", OBJECTIVE, "nt-xent"),
            Variant.of("am-softmax", OBJECTIVE, "am-softmax"),
            Variant.of("ifm", OBJECTIVE, "ifm"),
            Variant.of("flat-nce", OBJECTIVE, "flat-nce"),
            Variant.of("supcon", OBJECTIVE, "supcon"),
            Variant.of("nce", OBJECTIVE, "nce"),
            Variant.of("n-pair", OBJECTIVE, "n-pair"),
            Variant.of("triplet", OBJECTIVE, "triplet"),
            Variant.of("contrastive", OBJECTIVE, "contrastive"),
            Variant.of("in-batch + r-drop", OBJECTIVE, "info-nce + r-drop"),
            Variant.of("clip", OBJECTIVE, "clip"),
            Variant.of("moco", OBJECTIVE, "moco"),
            Variant.of("esimcse", OBJECTIVE, "esimcse"),
            Variant.of("in-batch + mlm", OBJECTIVE, "info-nce + 0.1*mlm"),
            Variant.of("in-batch + classify", OBJECTIVE, "info-nce + 0.1*classify"),
            Variant.of("guide (before)", "teacher", "before", "guide-margin", "0"),
            Variant.of("distilled (before)", OBJECTIVE, "info-nce + distill-rows", "teacher", "before"));

    private static final List<Variant> BATCHES = List.of(
            Variant.of("in-batch 256", MINER, "none", BATCH, "256"),
            Variant.of("in-batch 1024", MINER, "none", BATCH, "1024"),
            Variant.of("mined 256", BATCH, "256"),
            Variant.of("mined for replayed", "mining-replayed", "true"),
            Variant.of("hard batches", COMPOSER, "hard", MINER, "none"),
            Variant.of("group-aware", COMPOSER, "group-aware"),
            Variant.of("no duplicates", COMPOSER, "no-duplicates"),
            Variant.of("spread", COMPOSER, "spread"));

    private static final List<Variant> PRESETS =
            List.of(Variant.of("preset search", "preset", "search"), Variant.of("preset faq", "preset", "faq"));

    private MethodVariants() {}

    /** All of them, the comparison first. */
    static List<Variant> all() {
        return List.of(COMPARISON, OBJECTIVES, BATCHES, PRESETS).stream()
                .flatMap(List::stream)
                .toList();
    }
}
