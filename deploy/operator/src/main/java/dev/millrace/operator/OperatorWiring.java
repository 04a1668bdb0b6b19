package dev.millrace.operator;

import dev.millrace.operator.apply.Cluster;
import dev.millrace.operator.chart.Chart;
import dev.millrace.operator.condition.Report;
import dev.millrace.operator.progress.Progress;
import dev.millrace.operator.scale.Scaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/** All parts of the operator. */
public final class OperatorWiring implements AutoCloseable {
    private static final String LEASE = "millrace-operator";
    private static final int FIRST_RETRY_MILLIS = 1_000;
    private static final int LAST_RETRY_MILLIS = 60_000;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private static final int LEASE_LOST = 3;
    private static final Logger LOG = Logger.getLogger(OperatorWiring.class.getName());

    private final AtomicBoolean closing = new AtomicBoolean();
    private final Operator operator;
    private final HealthServer health;

    private OperatorWiring(OperatorSettings settings, KubernetesClient client, Chart chart, Progress progress) {
        final Planner planner = new Planner(chart, new Scaler(client, InstantSource.system()));
        final EncoderReconciler reconciler = new EncoderReconciler(
                planner, new Cluster(client), progress, new Report(InstantSource.system()), settings.interval());
        operator = new Operator(configuration -> {
            configuration.withKubernetesClient(client).withReconciliationTerminationTimeout(STOP_WITHIN);
            settings.lease().ifPresent(namespace -> configuration.withLeaderElectionConfiguration(lease(namespace)));
        });
        operator.register(reconciler, controller -> {
            controller.withRetry(new GenericRetry()
                    .setInitialInterval(FIRST_RETRY_MILLIS)
                    .setMaxInterval(LAST_RETRY_MILLIS)
                    .withoutMaxAttempts());
            if (!settings.namespaces().isEmpty()) {
                controller.settingNamespaces(settings.namespaces());
            }
        });
        health = new HealthServer(settings.listen(), this::live);
    }

    /** Starts to look after encoders; how they do is told by {@code progress}. */
    static OperatorWiring start(OperatorSettings settings, KubernetesClient client, Chart chart, Progress progress) {
        final OperatorWiring wiring = new OperatorWiring(settings, client, chart, progress);
        wiring.operator.start();
        return wiring;
    }

    private LeaderElectionConfiguration lease(String namespace) {
        return new LeaderElectionConfiguration(
                LEASE,
                namespace,
                LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                UUID.randomUUID().toString(),
                new LeaderCallbacks(() -> {}, this::leaseLost, leader -> LOG.info(() -> leader + " acts")),
                false);
    }

    /** Somebody else acts by now: nothing that is under way may go on, and a new process waits for its turn. */
    private void leaseLost() {
        if (!closing.get()) {
            LOG.severe("the lease is lost: another operator acts");
            Runtime.getRuntime().halt(LEASE_LOST);
        }
    }

    /** One that waits for the lease watches nothing yet. */
    private boolean live() {
        return !operator.getRuntimeInfo().isStarted()
                || operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    int healthPort() {
        return health.port();
    }

    @Override
    public void close() {
        closing.set(true);
        health.close();
        operator.stop();
    }
}
