package dev.millrace.operator;

import dev.millrace.operator.chart.Chart;
import dev.millrace.operator.progress.HttpProgress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The operator as a process: in a pod by its service account, elsewhere by {@code KUBECONFIG}. */
public final class OperatorMain {
    private static final Logger LOG = Logger.getLogger(OperatorMain.class.getName());
    private static final int WRONG_SETTINGS = 2;

    private OperatorMain() {}

    public static void main(String[] arguments) {
        try {
            final OperatorSettings settings = OperatorSettings.of(System.getenv());
            final KubernetesClient client = new KubernetesClientBuilder().build();
            final OperatorWiring wiring = OperatorWiring.start(
                    settings, client, Chart.own(version(client)), new HttpProgress(client, settings.adminToken()));
            Runtime.getRuntime().addShutdownHook(new Thread(wiring::close, "operator-stop"));
            LOG.info(() -> "looking after encoders at " + client.getMasterUrl());
        } catch (IllegalArgumentException e) {
            LOG.severe(e.getMessage());
            System.exit(WRONG_SETTINGS);
        } catch (OperatorException e) {
            LOG.log(
                    Level.SEVERE,
                    "the operator cannot watch encoders: has the cluster their definition, and may it read them?",
                    e);
            System.exit(1);
        }
    }

    private static String version(KubernetesClient client) {
        final VersionInfo version = client.getKubernetesVersion();
        return version.getMajor() + "." + version.getMinor().replaceAll("\\D", "");
    }
}
