package dev.millrace.trainer.learning;

import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.loss.Matryoshka;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.view.FeatureCutoff;
import dev.millrace.embedding.objective.view.PositionShuffle;
import dev.millrace.embedding.objective.view.SeveralViews;
import dev.millrace.embedding.objective.view.TokenCutoff;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.objective.view.words.EasyDataAugmentation;
import dev.millrace.embedding.objective.view.words.Synonyms;
import dev.millrace.embedding.objective.view.words.WordRepetition;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.Optimization;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.trainer.learning.batch.BatchComposer;
import dev.millrace.trainer.learning.batch.HardBatches;
import dev.millrace.trainer.learning.batch.SameSourceBatches;
import dev.millrace.trainer.learning.batch.ShuffledBatches;
import dev.millrace.trainer.learning.batch.SpreadBatches;
import dev.millrace.trainer.learning.batch.Traits;
import dev.millrace.trainer.learning.mine.Miner;
import dev.millrace.trainer.learning.mine.RankRangeMiner;
import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import dev.millrace.trainer.learning.schedule.LearningRate;
import dev.millrace.trainer.learning.schedule.Schedule;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.teach.Teaching;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of methods by the names they have in the configuration: a new one is one class and one line here. */
public final class Methods {
    private static final String RANK_RANGE = "rank-range";
    private static final String NO_MINER = "none";

    private static final Choice<Miner> MINERS = new Choice<>(
            "miner",
            LearningConfig::miner,
            Map.of(RANK_RANGE, RankRangeMiner::new, NO_MINER, config -> (examples, pool, vectors, mining) -> examples));

    /** By the share of a batch that is replayed at least. */
    private static final Choice<DoubleFunction<BatchComposer>> COMPOSERS = new Choice<>(
            "composer",
            LearningConfig::composer,
            Map.of(
                    "shuffled", config -> replayed -> new ShuffledBatches(config.batchPairs(), replayed),
                    "spread", config -> replayed -> new SpreadBatches(config.batchPairs(), replayed, Traits.words()),
                    "no-duplicates",
                            config -> replayed -> new SpreadBatches(config.batchPairs(), replayed, Traits.texts()),
                    "group-aware",
                            config -> replayed -> new SpreadBatches(config.batchPairs(), replayed, Traits.groups()),
                    "same-source", config -> replayed -> new SameSourceBatches(config.batchPairs(), replayed),
                    "hard",
                            config -> replayed ->
                                    new HardBatches(config.batchPairs(), replayed, NegativeSearch.of(config))));

    private static final Choice<View> VIEWS = new Choice<>(
            "view",
            LearningConfig::view,
            Map.of(
                    "dropout",
                    config -> View.DROPOUT,
                    "repetition",
                    config -> new WordRepetition(config.repetitionRate()),
                    LearningConfig.EDA,
                    config -> new EasyDataAugmentation(config.edaRate(), synonyms(config)),
                    "position-shuffle",
                    config -> new PositionShuffle(),
                    "token-cutoff",
                    config -> new TokenCutoff(config.tokenCutoffRate()),
                    "feature-cutoff",
                    config -> new FeatureCutoff(config.featureCutoffRate())));

    private static final Choice<Schedule> SCHEDULES = new Choice<>(
            "schedule",
            LearningConfig::schedule,
            Map.of(
                    "constant", config -> Schedule.CONSTANT,
                    "linear", config -> new Schedule.Linear(config.scheduleSteps(), config.scheduleFloor()),
                    "cosine", config -> new Schedule.Cosine(config.scheduleSteps(), config.scheduleFloor())));

    private static final Choice<Optimizer> OPTIMIZERS = new Choice<>(
            "optimizer",
            LearningConfig::optimizer,
            Arrays.stream(Optimizer.values())
                    .collect(Collectors.toMap(Optimizer::key, optimizer -> config -> optimizer)));

    private static final Choice<Storage> STORAGES = new Choice<>(
            "storage",
            LearningConfig::storage,
            Arrays.stream(Storage.values()).collect(Collectors.toMap(Storage::key, storage -> config -> storage)));

    private Methods() {}

    /**
     * Refuses a configuration whose objective, view, miner, composer, optimizer, schedule, storage or adapter there is not, by key and
     * choices, and one that asks for what would not be used.
     */
    public static void check(LearningConfig config) {
        Teaching.check(config, objective(config));
        miner(config);
        documents(config);
        composer(config, config.replayShare());
        view(config);
        learningRate(config);
        optimizer(config);
        storage(config);
        AdapterChoice.of(config);
    }

    static Objective objective(LearningConfig config) {
        try {
            return matryoshka(config, Objectives.parse(config.objective(), config.temperature()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("millrace.learning.objective: " + e.getMessage(), e);
        }
    }

    private static Objective matryoshka(LearningConfig config, Objective objective) {
        return config.matryoshka()
                .<Objective>map(dimensions -> new Matryoshka(objective, dimensions))
                .orElse(objective);
    }

    static Miner miner(LearningConfig config) {
        return MINERS.configured(config);
    }

    private static void documents(LearningConfig config) {
        boolean mined = !config.miner().equals(NO_MINER) && config.hardNegatives() > 0;
        if (config.miningDocuments() > 0 && !mined) {
            throw new IllegalArgumentException("millrace.learning.mining-documents wants millrace.learning.miner="
                    + RANK_RANGE + " and millrace.learning.hard-negatives above 0: nothing is mined otherwise");
        }
    }

    /** How what is learned is cut into batches, of which this share at least is replayed. */
    static BatchComposer composer(LearningConfig config, double replayed) {
        return COMPOSERS.configured(config).apply(replayed);
    }

    /** One, or several after {@code +}, in this order. */
    static View view(LearningConfig config) {
        List<String> names =
                Arrays.stream(config.view().split("\\+", -1)).map(String::strip).toList();
        if (new TreeSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "millrace.learning.view is \"" + config.view() + "\"; each view may be there once");
        }
        if (config.edaSynonyms().isPresent() && !names.contains(LearningConfig.EDA)) {
            throw new IllegalArgumentException("millrace.learning.eda-synonyms wants millrace.learning.view=eda");
        }
        return new SeveralViews(
                names.stream().map(name -> VIEWS.named(name, config)).toList());
    }

    private static Synonyms synonyms(LearningConfig config) {
        try {
            return config.edaSynonyms().map(Synonyms::read).orElse(Synonyms.NONE);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("millrace.learning.eda-synonyms: " + e.getMessage(), e);
        }
    }

    /** The learning rate of every step, by the configured schedule. */
    public static LearningRate learningRate(LearningConfig config) {
        return new LearningRate(config, SCHEDULES.configured(config));
    }

    static Optimization optimization(LearningConfig config) {
        double decay = config.anchor().equals(LearningConfig.L2_SP) ? config.anchorStrength() : 0;
        return new Optimization(optimizer(config), new Anchoring(decay, config.mergeBase()));
    }

    private static Optimizer optimizer(LearningConfig config) {
        return OPTIMIZERS.configured(config);
    }

    static Storage storage(LearningConfig config) {
        Storage storage = STORAGES.configured(config);
        if (storage == Storage.COMPACT && optimizer(config) != Optimizer.ADAMW) {
            throw new IllegalArgumentException(
                    "millrace.learning.storage=compact wants millrace.learning.optimizer=adamw");
        }
        return storage;
    }

    /** A row of the table: a key of {@code millrace.learning} and what its values stand for. */
    private record Choice<T>(
            String key, Function<LearningConfig, String> name, Map<String, Function<LearningConfig, T>> byName) {
        T configured(LearningConfig config) {
            return named(name.apply(config), config);
        }

        T named(String chosen, LearningConfig config) {
            return Optional.ofNullable(byName.get(chosen))
                    .orElseThrow(() -> new IllegalArgumentException("millrace.learning." + key + " is \"" + chosen
                            + "\"; it must be one of " + new TreeSet<>(byName.keySet())))
                    .apply(config);
        }
    }
}
