package dev.millrace.trainer.learning.settings;

import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When a version is trusted enough for the stable channel. */
@ConfigMapping(prefix = "millrace.gate")
public interface GateConfig {
    /** How far held-out hit@1 may lie below its best, however many pairs it is measured on. */
    @WithDefault("0.02")
    @Within("0 .. 1")
    double tolerance();

    /** Tolerated besides, in standard errors: what chance does to hits that come and go. */
    @WithDefault("2")
    @Within("0 .. 10")
    double noise();

    /** Share of versions that lose nothing and are refused for some group all the same, at most. */
    @WithDefault("0.01")
    @Within("0.0001 .. 0.5")
    double falseAlarms();

    /** A slice of fewer held-out pairs says nothing and is not looked at; groups of fewer are looked at together, too. */
    @WithDefault("30")
    @Within("1 .. 100000")
    int minHeldOut();

    /**
     * How far the vectors of the golden texts may lie from the last promoted version's: one minus their mean cosine.
     */
    @WithDefault("0.3")
    @Within("0 .. 2")
    double drift();

    /**
     * Without enough pairs to be measured by: the largest mean cosine of every two golden texts, or what it is for the
     * last trusted version where that is more.
     */
    @WithDefault("0.9")
    @Within("0 .. 1")
    double collapse();

    /** Without enough pairs to be measured by: the largest mean squared distance of held-out texts and their views. */
    @WithDefault("1")
    @Within("0 .. 4")
    double alignment();

    /** How many times as long as before a single text may take: weights can become so small that processors crawl. */
    @WithDefault("3")
    @Within("1 .. 1000")
    double latencyFactor();
}
