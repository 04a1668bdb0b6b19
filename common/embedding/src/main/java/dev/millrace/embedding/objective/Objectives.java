package dev.millrace.embedding.objective;

import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.graded.Angle;
import dev.millrace.embedding.objective.graded.Classify;
import dev.millrace.embedding.objective.graded.CoSent;
import dev.millrace.embedding.objective.inbatch.AmSoftmax;
import dev.millrace.embedding.objective.inbatch.Clip;
import dev.millrace.embedding.objective.inbatch.FlatNce;
import dev.millrace.embedding.objective.inbatch.ImplicitFeatureModification;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.inbatch.MultiClassNPair;
import dev.millrace.embedding.objective.inbatch.NoiseContrastive;
import dev.millrace.embedding.objective.inbatch.RDrop;
import dev.millrace.embedding.objective.inbatch.SimCse;
import dev.millrace.embedding.objective.inbatch.SupervisedContrastive;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.loss.Sum;
import dev.millrace.embedding.objective.margin.Contrastive;
import dev.millrace.embedding.objective.margin.Triplet;
import dev.millrace.embedding.objective.momentum.MomentumContrast;
import dev.millrace.embedding.objective.momentum.QueuedNegatives;
import dev.millrace.embedding.objective.teacher.DistilledRows;
import dev.millrace.embedding.objective.teacher.DistilledVectors;
import dev.millrace.embedding.objective.token.MaskedLanguageModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objectives by name, and how they are written: {@code info-nce}, {@code info-nce(temperature=0.02, directions=both)}, or a
 * weighted sum such as {@code info-nce + 0.5*cosent(scale=20)} or
 * {@code clip + 0.1*mlm}. A new objective is one class and one line here.
 */
public final class Objectives {
    private static final Map<String, List<Side>> DIRECTIONS = Map.of(
            "forward", List.of(Side.ANCHORS),
            "both", List.of(Side.ANCHORS, Side.POSITIVES));

    private static final Map<String, Triplet.Negative> NEGATIVES = Map.of(
            "own", Triplet.Negative.OWN,
            "hardest", Triplet.Negative.HARDEST,
            "semi-hard", Triplet.Negative.SEMI_HARD);

    private static final Map<String, Function<Settings, Objective>> BY_NAME =
            Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(
                    Map.entry(
                            "info-nce",
                            of -> new InfoNce(
                                    of.temperature(),
                                    of.number("hard-negative-weight", 0, -10, 10),
                                    of.choice("directions", "forward", DIRECTIONS))),
                    Map.entry("clip", of -> new Clip()),
                    Map.entry("simcse", of -> new SimCse(of.temperature())),
                    Map.entry("nt-xent", of -> new InfoNce(of.temperature(), 0, List.of(Side.ALL))),
                    Map.entry("am-softmax", of -> new AmSoftmax(of.temperature(), of.number("margin", .1, 0, 1))),
                    Map.entry(
                            "ifm",
                            of -> new ImplicitFeatureModification(of.temperature(), of.number("epsilon", .1, 0, 1))),
                    Map.entry("flat-nce", of -> new FlatNce(of.temperature())),
                    Map.entry("supcon", of -> new SupervisedContrastive(of.temperature())),
                    Map.entry("nce", of -> new NoiseContrastive(of.temperature())),
                    Map.entry("mlm", of -> new MaskedLanguageModel(of.number("share", .15, .01, .9))),
                    Map.entry("moco", of -> new MomentumContrast(of.temperature(), of.whole("queue", 4096, 1, 65536))),
                    Map.entry("esimcse", of -> new QueuedNegatives(of.temperature(), of.number("queue", 2.5, .1, 64))),
                    Map.entry("n-pair", of -> new MultiClassNPair()),
                    Map.entry("r-drop", of -> new RDrop(of.temperature())),
                    Map.entry(
                            "triplet",
                            of -> new Triplet(
                                    of.number("margin", .2, 0, 2), of.choice("negative", "semi-hard", NEGATIVES))),
                    Map.entry("contrastive", of -> new Contrastive(of.number("margin", .5, 0, 2))),
                    Map.entry("classify", of -> new Classify(of.whole("classes", 2, 2, 100))),
                    Map.entry("cosent", of -> new CoSent(of.number("scale", 20, .1, 40))),
                    Map.entry("angle", of -> new Angle(of.number("scale", 20, .1, 40))),
                    Map.entry("distill-vectors", of -> new DistilledVectors()),
                    Map.entry("distill-rows", of -> new DistilledRows(of.temperature())))));

    private static final Pattern PART =
            Pattern.compile("\\s*(?:([0-9.eE-]+)\\s*\\*)?\\s*([a-z-]+)\\s*(?:\\(([^()]*)\\))?\\s*");

    private Objectives() {}

    /**
     * The objective that is written so.
     *
     * @param temperature of those that have one and state none
     * @throws IllegalArgumentException saying which part is wrong and what there is
     */
    public static Objective parse(String text, double temperature) {
        List<Sum.Part> parts = new ArrayList<>();
        for (String part : text.split("\\+(?![^(]*\\))", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + part.strip()
                                + "\" is no objective; one is written NAME, NAME(setting=value, ...) or WEIGHT*NAME, and several with + between");
            }
            double weight = Optional.ofNullable(matcher.group(1))
                    .map(number -> Settings.number("the weight of " + matcher.group(2), number))
                    .orElse(1.0);
            parts.add(new Sum.Part(
                    weight,
                    named(
                            matcher.group(2),
                            new Settings(matcher.group(2), Optional.ofNullable(matcher.group(3)), temperature))));
        }
        return parts.size() == 1 && parts.get(0).weight() == 1 ? parts.get(0).objective() : new Sum(parts);
    }

    /** The names of all objectives. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Objective named(String name, Settings settings) {
        Objective objective = Optional.ofNullable(BY_NAME.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + name + "\" is no objective; it must be one of " + names()))
                .apply(settings);
        settings.requireAllTaken();
        return objective;
    }
}
