package dev.millrace.chaos.plan;

import dev.millrace.devstack.RandomModel;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.options.StackOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The stack as chaos wants it: real in every part, with a model so small that windows take a second. */
public final class ChaosStack {
    /** Trains what the others have trained, undisturbed, into a lineage of its own. */
    public static final String REFERENCE = "reference";

    /** How long an impression waits for its clicks. */
    public static final Duration SEARCH = Duration.ofSeconds(4);

    // Windows by count, one partition, one thread, one precision: the same records give the same bytes. The gate lets
    // every version pass, since what is served shall change often.
    private static final Map<String, String> TRAINER = Map.ofEntries(
            Map.entry("millrace.trainer.window-pairs", Integer.toString(Settings.WINDOW)),
            Map.entry("millrace.trainer.window-time", "PT24H"),
            // However often a trainer is killed over a window, that is none of the window's doing.
            Map.entry("millrace.trainer.window-tries", "100"),
            Map.entry("millrace.trainer.threads", "1"),
            Map.entry("millrace.trainer.precision", "fp32"),
            Map.entry("millrace.learning.batch-pairs", "16"),
            Map.entry("millrace.learning.held-out-share", "0.1"),
            Map.entry("millrace.gate.tolerance", "1"),
            Map.entry("millrace.gate.drift", "2"),
            Map.entry("millrace.gate.latency-factor", "1000"),
            // Killed trainers' partitions are free again after two seconds.
            Map.entry("millrace.kafka.properties.\"session.timeout.ms\"", "2000"),
            Map.entry("millrace.kafka.properties.\"heartbeat.interval.ms\"", "500"));

    /** With several partitions a trainer's last records would else wait for ever for a whole window. */
    private static final Map<String, String> ROUNDS = Map.of(
            "millrace.trainer.window-time", "PT2S",
            "millrace.round.grace", "PT1S",
            "millrace.round.deadline", "PT10S");

    private static final Map<String, String> ATTRIBUTION = Map.of(
            "millrace.attribution.window", SEARCH.toString(),
            "millrace.attribution.quiet-after", "PT1S",
            "millrace.attribution.session-timeout", "PT2S");

    private static final Map<String, String> ENCODER =
            Map.of("millrace.encoder.threads", "1", "millrace.encoder.precision", "fp32");

    private ChaosStack() {}

    /** What to start for these settings; the model of {@code bare}, if it names none, is a small one. */
    public static StackOptions equip(StackOptions bare, Settings settings) {
        StackOptions options = bare.model().isPresent() ? bare : bare.withModel(RandomModel.folder());
        options = options.withPartitions(settings.targets().partitions())
                .withTrainers(settings.targets().trainers())
                .withSettings(Service.TRAINER, trainer(settings.targets()))
                .withSettings(Service.ATTRIBUTION, ATTRIBUTION)
                .withSettings(Service.ENCODER, ENCODER)
                .withSpare(new SpareProcess(
                        REFERENCE,
                        Service.TRAINER,
                        Map.of("millrace.trainer.group", REFERENCE, "millrace.s3.prefix", REFERENCE)));
        for (String rival : settings.targets().rivalNames()) {
            options = options.withSpare(
                    new SpareProcess(rival, Service.TRAINER, Map.of("millrace.trainer.group", rival)));
        }
        return options;
    }

    private static Map<String, String> trainer(Settings.Targets targets) {
        Map<String, String> settings = new TreeMap<>(TRAINER);
        if (!targets.repeatable()) {
            settings.putAll(ROUNDS);
        }
        return settings;
    }
}
