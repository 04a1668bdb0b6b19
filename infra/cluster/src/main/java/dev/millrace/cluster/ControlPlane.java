package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.SecretFile;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A real Kubernetes control plane on loopback, without a container runtime: etcd, API server, controllers and scheduler, and KWOK,
 * which plays the nodes, so that pods are scheduled and become ready while nothing runs in them. Whatever happens to this JVM,
 * nothing of it is left behind.
 */
public final class ControlPlane implements AutoCloseable {
    private static final int TOKEN_BYTES = 16;

    private final Programs programs = Programs.find();
    private final Processes processes;
    private final Certificates certificates;
    private final int etcdPort;
    private final int apiPort;
    private final Path kubeconfig;
    private final ApiServer api;

    private ControlPlane(Path folder, Screen screen) {
        this.processes = new Processes(folder, screen);
        this.etcdPort = processes.port();
        this.apiPort = processes.port();
        this.certificates = Certificates.in(processes.data("certificates"));
        String token = token();
        SecretFile.write(file("tokens.csv"), token + ",admin,1,system:masters\n");
        this.kubeconfig = kubeconfig("kubeconfig", token);
        this.api = new ApiServer(root(), token, certificates.trust());
    }

    /**
     * Starts everything and returns when nodes are ready.
     *
     * @param folder holds logs, which stay, and everything else, which does not; one control plane at a time
     * @throws dev.millrace.devstack.process.StartFailedException with one line that says what is missing or did not come up
     */
    public static ControlPlane start(Path folder, Screen screen) {
        ControlPlane plane = new ControlPlane(folder, screen);
        Runtime.getRuntime().addShutdownHook(new Thread(plane::close, "cluster-stop"));
        try {
            screen.line("starting a control plane (logs in "
                    + plane.processes.layout().logs() + ")");
            plane.startStore();
            plane.startControllers();
            plane.startNodes();
            return plane;
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void startStore() {
        String client = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + processes.port();
        start(
                Program.ETCD,
                "--data-dir=" + processes.data("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                // Nothing here outlives a crash of the machine, so nothing has to be forced onto its disk.
                "--unsafe-no-fsync=true");
        processes.await(Program.ETCD.title(), () -> Ports.listening(etcdPort));
        start(Program.KUBE_APISERVER, apiServer(client).toArray(String[]::new));
        processes.await(Program.KUBE_APISERVER.title(), api::ready);
    }

    private List<String> apiServer(String etcd) {
        List<String> options = new ArrayList<>(List.of(
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + apiPort,
                "--tls-cert-file=" + certificates.certificate(),
                "--tls-private-key-file=" + certificates.key(),
                "--token-auth-file=" + file("tokens.csv"),
                "--authorization-mode=RBAC",
                // As on managed clusters: who asks for a GPU may go to the nodes that are kept free for it; and who
                // makes
                // objects that keep their owner from going needs a right to that.
                "--enable-admission-plugins=ExtendedResourceToleration,OwnerReferencesPermissionEnforcement",
                "--service-account-key-file=" + certificates.key(),
                "--service-account-signing-key-file=" + certificates.key(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/24"));
        options.addAll(frontProxy());
        return options;
    }

    /** As what the API server hands requests on to others, such as an adapter of metrics: without it autoscalers learn of none. */
    private List<String> frontProxy() {
        return List.of(
                "--client-ca-file=" + certificates.authority(),
                "--requestheader-client-ca-file=" + certificates.authority(),
                "--requestheader-allowed-names=" + Certificates.NAME,
                "--proxy-client-cert-file=" + certificates.certificate(),
                "--proxy-client-key-file=" + certificates.key(),
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-");
    }

    private void startControllers() {
        start(
                Program.KUBE_CONTROLLER_MANAGER,
                "--kubeconfig=" + kubeconfig,
                "--service-account-private-key-file=" + certificates.key(),
                "--root-ca-file=" + certificates.authority(),
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + processes.port(),
                "--horizontal-pod-autoscaler-sync-period=5s");
        start(
                Program.KUBE_SCHEDULER,
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + processes.port());
        // Every namespace gets one, from the controllers; pods are refused before.
        ObjectName account = new ObjectName("v1", "ServiceAccount", "default", "default");
        processes.await(
                Program.KUBE_CONTROLLER_MANAGER.title(), () -> api.find(account).isPresent());
    }

    private void startNodes() {
        List<String> options = new ArrayList<>(
                List.of("--kubeconfig=" + kubeconfig, "--manage-all-nodes=true", "--node-ip=127.0.0.1"));
        programs.stages().forEach(stage -> options.add("--config=" + stage));
        start(Program.KWOK, options.toArray(String[]::new));
        Nodes nodes = new Nodes(api);
        nodes.create();
        processes.await(Program.KWOK.title(), nodes::ready);
    }

    private void start(Program program, String... options) {
        start(program, Map.of(), List.of(options));
    }

    void start(Program program, Map<String, String> environment, List<String> options) {
        List<String> command = new ArrayList<>(List.of(programs.path(program)));
        command.addAll(options);
        processes.start(program, command, environment);
    }

    public ApiServer api() {
        return api;
    }

    /** What kubectl and other clients find the cluster by, as its administrator. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The same for who has the rights of a service account and no more, as a pod has them. */
    public Path kubeconfig(ObjectName account) {
        JsonNode request = Yaml.read("{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}");
        String token = api.create(account, "token", request).at("/status/token").asText();
        return kubeconfig(account.namespace() + "-" + account.name(), token);
    }

    Programs programs() {
        return programs;
    }

    Processes processes() {
        return processes;
    }

    Certificates certificates() {
        return certificates;
    }

    /** Makes a kind known, and returns when the first object of it can be written. */
    public void define(JsonNode definition) {
        api.apply("", definition);
        JsonNode spec = definition.path("spec");
        String version =
                spec.path("group").asText() + "/" + spec.at("/versions/0/name").asText();
        ObjectName first = new ObjectName(version, spec.at("/names/kind").asText(), "", "");
        processes.awaitMade("kind " + first.kind(), () -> api.knows(first));
    }

    /** Makes the kinds known that Prometheus' operator brings. */
    public void definePrometheus() {
        programs.prometheusDefinitions().forEach(file -> define(Yaml.read(file)));
    }

    /** Makes a namespace whose pods must keep to the strictest of Kubernetes' own security standards. */
    public void namespace(String name) {
        JsonNode object = Yaml.read("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {pod-security.kubernetes.io/enforce: restricted}
                """.formatted(name));
        api.apply("", object);
        ObjectName account = new ObjectName("v1", "ServiceAccount", name, "default");
        processes.awaitMade("namespace " + name, () -> api.find(account).isPresent());
    }

    private Path file(String name) {
        return certificates.folder().resolve(name);
    }

    private URI root() {
        return URI.create("https://127.0.0.1:" + apiPort);
    }

    private Path kubeconfig(String name, String token) {
        return SecretFile.write(file(name), """
                apiVersion: v1
                kind: Config
                current-context: millrace
                contexts: [{name: millrace, context: {cluster: loopback, user: holder}}]
                clusters: [{name: loopback, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: holder, user: {token: "%s"}}]
                """.formatted(root(), certificates.authority(), token));
    }

    @Override
    public void close() {
        processes.close();
    }
}
