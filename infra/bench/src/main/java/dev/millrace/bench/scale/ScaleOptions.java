package dev.millrace.bench.scale;

import dev.millrace.bench.scale.constant.Constant;
import dev.millrace.bench.scale.constant.Constants;
import dev.millrace.bench.scale.constant.Profile;
import dev.millrace.bench.scale.simulation.Change;
import dev.millrace.bench.scale.simulation.Scenario.Meeting;
import dev.millrace.bench.scale.simulation.Scenario.Trouble;
import dev.millrace.trainer.learning.round.Quorum;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How trainers are, how they meet, and what befalls them. */
final class ScaleOptions {
    private static final double MILLIS = 1000;
    private static final Map<String, Double> BYTES_PER_WEIGHT =
            Map.of("fp32", 8.0, "bf16", 4.0, "int8", 2.0, "top-k", .3);

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "minilm-cpu",
            description = "constants that belong together: minilm-cpu, minilm-cpu-object-store, bge-base-gpu")
    private String profile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a constant; may be repeated, an unknown one lists them")
    private Map<String, Double> settings = new TreeMap<>();

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            defaultValue = "bf16",
            description = "of shares: fp32, bf16, int8, top-k (default: ${DEFAULT-VALUE})")
    private String codec;

    @Option(names = "--quorum", paramLabel = "SHARE", defaultValue = "0.5", description = "millrace.round.quorum")
    private double quorum;

    @Option(names = "--grace", paramLabel = "S", defaultValue = "5", description = "millrace.round.grace, seconds")
    private double grace;

    @Option(
            names = "--deadline",
            paramLabel = "S",
            defaultValue = "120",
            description = "millrace.round.deadline, seconds")
    private double deadline;

    @Option(
            names = "--change",
            paramLabel = "NAME",
            split = ",",
            description = "what does not exist: ${COMPLETION-CANDIDATES} (default: rounds as they are)")
    private List<Change> changes = List.of();

    @Option(
            names = "--slowest",
            paramLabel = "SPEED",
            defaultValue = "0.5",
            description = "of one trainer, the others' being 1 (default: ${DEFAULT-VALUE})")
    private double slowest;

    @Option(
            names = "--fault-every",
            paramLabel = "S",
            defaultValue = "30",
            description = "seconds from one death to the next (default: ${DEFAULT-VALUE})")
    private double every;

    @Option(
            names = "--away",
            paramLabel = "S",
            defaultValue = "20",
            description = "seconds until who died is there again (default: ${DEFAULT-VALUE})")
    private double away;

    Constants constants() {
        Constants constants = Profile.named(profile).constants();
        for (Map.Entry<String, Double> setting : settings.entrySet()) {
            constants = constants.with(Constant.named(setting.getKey()), setting.getValue(), "--set");
        }
        return constants;
    }

    Meeting meeting() {
        double bytes = Optional.ofNullable(BYTES_PER_WEIGHT.get(codec))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--codec \"" + codec + "\" must be one of fp32, bf16, int8, top-k"));
        Set<Change> chosen = EnumSet.noneOf(Change.class);
        chosen.addAll(changes);
        return new Meeting(new Quorum(quorum, seconds(grace), seconds(deadline)), bytes, chosen);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * MILLIS));
    }

    Trouble slow() {
        require("--slowest", slowest, .01, 1);
        return new Trouble(slowest, Double.POSITIVE_INFINITY, 0);
    }

    Trouble faults() {
        require("--fault-every", every, 1, 1e9);
        require("--away", away, 0, 1e9);
        return new Trouble(1, every, away);
    }

    private static void require(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(option + " must lie in " + least + ".." + most + ", not " + value);
        }
    }
}
