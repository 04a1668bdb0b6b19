package dev.millrace.trainer.learning.settings;

import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a window is learned. The defaults are those measured best on streams whose topics arrive one after the other. */
@ConfigMapping(prefix = "millrace.learning")
public interface LearningConfig {
    /** One of {@link Presets}: settings that belong together; each may be said otherwise. */
    Optional<@Pattern(regexp = Presets.NAMES) String> preset();

    /** One of {@link dev.millrace.embedding.objective.Objectives}, or a weighted sum of several. */
    @WithDefault("info-nce")
    String objective();

    /** The value of {@link #prompts} by which queries and documents are read alike. */
    String ALIKE = "default";

    /** What stands before texts: of anchors what the model reads before queries, of all else before documents; or its default. */
    @WithDefault("roles")
    @Pattern(regexp = "roles|default")
    String prompts();

    @WithDefault("0.05")
    @Within("0.001 .. 10")
    double temperature();

    /** Learned over so many of the vectors' first numbers as well, each time; empty: over all of them alone. */
    Optional<List<@Within("8 .. 65536") Integer>> matryoshka();

    /** What a bare text is drawn to: itself by another dropout mask, or changed besides; several changes after +. */
    @WithDefault("dropout")
    String view();

    /** Share of a text's words that the view repetition says twice at most. */
    @WithDefault("0.32")
    @Within("0 .. 1")
    double repetitionRate();

    /** The value of {@link #view} by which words are swapped, left out, replaced and put in. */
    String EDA = "eda";

    /** Share of a text's words that the view eda changes; one at least. */
    @WithDefault("0.1")
    @Within("0 .. 1")
    double edaRate();

    /** A file of words and their synonyms for the view eda; empty: it only swaps words and leaves some out. */
    Optional<Path> edaSynonyms();

    /** Share of a text's tokens whose embeddings the view token-cutoff makes 0. */
    @WithDefault("0.15")
    @Within("0 .. 0.9")
    double tokenCutoffRate();

    /** Share of the embeddings' features that the view feature-cutoff makes 0. */
    @WithDefault("0.2")
    @Within("0 .. 0.9")
    double featureCutoffRate();

    /** Whom objectives that distill, and a guide, ask: none, before (the encoder before the window), or a folder. */
    @WithDefault("none")
    @NotBlank
    String teacher();

    /** Candidates that the teacher sees nearer than the positive less this margin are none; empty: all are. */
    Optional<@Within("-1 .. 1") Double> guideMargin();

    @WithDefault("64")
    @Within("2 .. 65536")
    int batchPairs();

    @WithDefault("0.5")
    @Within("0 .. 0.95")
    double replayShare();

    @WithDefault("20000")
    @Within("0 .. 10000000")
    int replayCapacity();

    /** The value of {@link #replay} by which groups and times have their share. */
    String STRATIFIED = "stratified";

    /** Which pairs stay in the reservoir. */
    @WithDefault("reservoir")
    @Pattern(regexp = "reservoir|stratified")
    String replay();

    /** The value of {@link #anchor} by which weights decay to the base. */
    String L2_SP = "l2-sp";

    /** The value of {@link #anchor} by which they are held, while a window is learned, to where they were before it. */
    String EWC = "ewc";

    /** What the weights are held to. */
    @WithDefault("none")
    @Pattern(regexp = "none|l2-sp|ewc")
    String anchor();

    @WithDefault("1")
    @Within("0.000001 .. 1000000")
    double anchorStrength();

    /** Replayed pairs by which ewc finds out, before every window, what they rest on. */
    @WithDefault("256")
    @Within("2 .. 1000000")
    int anchorPairs();

    /** Share of the base in what is published. */
    @WithDefault("0")
    @Within("0 .. 0.95")
    double mergeBase();

    /** By what it is noticed that the stream is about something else. */
    @WithDefault("none")
    @Pattern(regexp = "none|adwin")
    String changeDetection();

    /** The chance that a check takes noise for a change. */
    @WithDefault("0.002")
    @Within("0.000000001 .. 0.5")
    double changeDelta();

    /** For so many windows after a change, less is replayed. */
    @WithDefault("8")
    @Within("1 .. 10000")
    int changeWindows();

    /** Of each batch then, unless it is less anyway. */
    @WithDefault("0.25")
    @Within("0 .. 0.95")
    double changeReplayShare();

    /** Over what is remembered, after each window while nothing comes; each ends in a version if it gained something. */
    @WithDefault("0")
    @Within("0 .. 1000")
    int consolidationPasses();

    /** Of a pass at most; drawn anew from the reservoir for each. */
    @WithDefault("2048")
    @Within("2 .. 1000000")
    int consolidationPairs();

    @WithDefault("adamw")
    String optimizer();

    @WithDefault("0.0001")
    @Within("0.00000001 .. 1")
    double learningRate();

    @WithDefault("20")
    @Within("0 .. 1000000")
    int warmupSteps();

    @WithDefault("constant")
    String schedule();

    /** From the end of the warm-up to the floor. */
    @WithDefault("10000")
    @Within("1 .. 1000000000")
    int scheduleSteps();

    /**
     * Share of the learning rate that a schedule ends at; above 0, so that an endless stream is learned without end.
     */
    @WithDefault("0.1")
    @Within("0.000001 .. 1")
    double scheduleFloor();

    @WithDefault("0.01")
    @Within("0 .. 1")
    double weightDecay();

    @WithDefault("1")
    @Within("0.000001 .. 1000000")
    double clipNorm();

    /** A gradient so many times as large as usual sets its window aside. */
    @WithDefault("1000")
    @Within("2 .. 1000000000")
    double explosionFactor();

    @WithDefault("0.99")
    @Within("0 .. 0.999999")
    double averageDecay();

    /** How versions keep weights and moments: as they are, or in codes that learning goes on from. */
    @WithDefault("full")
    String storage();

    /** What learns beside the weights, which then stay as they are: none (the weights learn), lora or dora. */
    @WithDefault("none")
    String adapter();

    /** Of the adapter's matrices. */
    @WithDefault("8")
    @Within("1 .. 4096")
    int adapterRank();

    /** The adapter counts this divided by its rank times. */
    @WithDefault("8")
    @Within("0.001 .. 65536")
    double adapterAlpha();

    /** Which matrices of a layer have one. */
    @WithDefault("query,value")
    List<String> adapterTargets();

    /** What stays as it is, from the input on: 0 nothing, 1 the embeddings, 1 + n the n lowest layers as well. */
    @WithDefault("0")
    @Within("0 .. 1000")
    int frozenDepth();

    /** Empty: as the model's config.json says. */
    Optional<@Within("0 .. 0.9") Double> dropout();

    /**
     * Keeps one layer's activations instead of all and computes them again: a third more arithmetic, for small GPUs.
     */
    @WithDefault("false")
    boolean activationCheckpointing();

    /** How a window is cut into batches. */
    @WithDefault("shuffled")
    String composer();

    @WithDefault("rank-range")
    String miner();

    @WithDefault("1")
    @Within("0 .. 64")
    int hardNegatives();

    /** Nearest texts left out: the very nearest are often unlabelled positives. */
    @WithDefault("2")
    @Within("0 .. 10000")
    int miningSkip();

    @WithDefault("20")
    @Within("1 .. 10000")
    int miningDepth();

    /** Which texts of the range: the nearest of them, or any. */
    @WithDefault("nearest")
    @Pattern(regexp = "nearest|random")
    String miningChoice();

    /** A mined text may be at most this share as similar as the positive (NV-Retriever's positive-aware ceiling). */
    @WithDefault("0.95")
    @Within("0.1 .. 1")
    double miningCeiling();

    /** A mined text lies at least so far below the positive. */
    @WithDefault("0")
    @Within("0 .. 2")
    double miningMargin();

    /** A mined text lies below this, whatever its positive. */
    @WithDefault("1")
    @Within("-1 .. 1")
    double miningMaxScore();

    /** Whether replayed pairs are given mined negatives as well. */
    @WithDefault("false")
    boolean miningReplayed();

    /** Texts that negatives are mined from, window first, then replay. */
    @WithDefault("2048")
    @Within("2 .. 1000000")
    int miningPool();

    /** Newest documents that are mined from as well, as many of them a window as the pool has; 0: none are read. */
    @WithDefault("0")
    @Within("0 .. 1000000")
    int miningDocuments();

    /** Among more texts than this, most of the nearest are found by a graph instead of all by comparing with all. */
    @WithDefault("100000")
    @Within("2 .. 1000000")
    int miningExactTexts();

    @WithDefault("0.02")
    @Within("0 .. 0.5")
    double heldOutShare();

    @WithDefault("512")
    @Within("1 .. 100000")
    int heldOutCapacity();

    @WithDefault("200000")
    @Within("0 .. 100000000")
    int seenIds();

    @WithDefault("1")
    long seed();
}
