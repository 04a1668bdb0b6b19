package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * KEDA's operator and its adapter of metrics, outside the cluster that they work on. The API server reaches the adapter through a
 * Service that is a mere name for this machine.
 */
public final class Keda {
    private static final String NAMESPACE = "keda";
    private static final String METRICS = "v1beta1.external.metrics.k8s.io";

    private final ControlPlane plane;
    private final int metricsService;
    private final int adapter;

    private Keda(ControlPlane plane) {
        this.plane = plane;
        this.metricsService = plane.processes().port();
        this.adapter = plane.processes().port();
    }

    /** Makes KEDA's kinds known, without anything that acts on them. */
    public static void define(ControlPlane plane) {
        plane.programs().kedaDefinitions().forEach(file -> plane.define(Yaml.read(file)));
    }

    /** Starts both, for all namespaces, where the kinds are known; ready when autoscalers can ask for metrics. */
    public static void start(ControlPlane plane) {
        plane.namespace(NAMESPACE);
        Keda keda = new Keda(plane);
        keda.startOperator();
        keda.startAdapter();
        keda.register();
    }

    private void startOperator() {
        plane.start(
                Program.KEDA,
                environment(),
                List.of(
                        "--kubeconfig=" + plane.kubeconfig(),
                        "--leader-elect=false",
                        "--cert-dir=" + plane.certificates().folder(),
                        "--ca-dir=" + plane.certificates().folder(),
                        "--metrics-bind-address=127.0.0.1:" + plane.processes().port(),
                        "--health-probe-bind-address=127.0.0.1:"
                                + plane.processes().port(),
                        "--metrics-service-bind-address=127.0.0.1:" + metricsService));
    }

    private void startAdapter() {
        plane.start(
                Program.KEDA_ADAPTER,
                environment(),
                List.of(
                        "--kubeconfig=" + plane.kubeconfig(),
                        "--authentication-kubeconfig=" + plane.kubeconfig(),
                        "--authorization-kubeconfig=" + plane.kubeconfig(),
                        "--lister-kubeconfig=" + plane.kubeconfig(),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + adapter,
                        // Of its own metrics, which it shows on every interface: there is no option for that.
                        "--port=" + plane.processes().port(),
                        "--tls-cert-file=" + plane.certificates().certificate(),
                        "--tls-private-key-file=" + plane.certificates().key(),
                        "--cert-dir=" + plane.certificates().folder(),
                        "--metrics-service-address=localhost:" + metricsService));
    }

    private static Map<String, String> environment() {
        return Map.of("KEDA_CLUSTER_OBJECT_NAMESPACE", NAMESPACE, "POD_NAMESPACE", NAMESPACE, "WATCH_NAMESPACE", "");
    }

    private void register() {
        plane.api().apply(NAMESPACE, Yaml.read("""
                apiVersion: v1
                kind: Service
                metadata: {name: keda-metrics}
                spec: {type: ExternalName, externalName: localhost, ports: [{port: %d}]}
                """.formatted(adapter)));
        JsonNode service = Yaml.read("""
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: %s}
                spec:
                  group: external.metrics.k8s.io
                  version: v1beta1
                  groupPriorityMinimum: 100
                  versionPriority: 100
                  insecureSkipTLSVerify: true
                  service: {name: keda-metrics, namespace: %s, port: %d}
                """.formatted(METRICS, NAMESPACE, adapter));
        plane.api().apply("", service);
        ObjectName name = ObjectName.of(service, "");
        plane.processes().await(Program.KEDA_ADAPTER.title(), () -> Conditions.of(
                        plane.api().get(name))
                .isTrue("Available"));
    }
}
