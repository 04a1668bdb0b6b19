package dev.millrace.trainer.config;

import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.RoundConfig;
import jakarta.inject.Singleton;

/** What shapes a version, whatever machine it is learned on. */
@Singleton
public class VersionSettings {
    private final LearningConfig learning;
    private final GateConfig gate;
    private final RoundConfig round;

    /** By these. */
    public VersionSettings(LearningConfig learning, GateConfig gate, RoundConfig round) {
        this.learning = learning;
        this.gate = gate;
        this.round = round;
    }

    /** How it learns. */
    public LearningConfig learning() {
        return learning;
    }

    /** What it trusts. */
    public GateConfig gate() {
        return gate;
    }

    /** How it learns together with others. */
    public RoundConfig round() {
        return round;
    }
}
