package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.deploy.Rendered;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.process.JavaCommand;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The operator as a process of this machine, outside the cluster that it works on, with the rights that its own chart gives it and no
 * others.
 */
final class RunningOperator implements AutoCloseable {
    static final String NAMESPACE = "operators";

    private static final int HEAP_MIB = 160;
    private static final Path MODULE = Home.find().root().resolve("deploy/operator/target");

    private final ControlPlane plane;
    private final String name;

    private RunningOperator(ControlPlane plane, String name) {
        this.plane = plane;
        this.name = name;
    }

    /** Makes the resource known, and the account that operators act as. */
    static void install(ControlPlane plane) {
        plane.define(
                Yaml.read(Home.find().root().resolve("deploy/helm/millrace-operator/crds/encoders.millrace.dev.yaml")));
        plane.namespace(NAMESPACE);
        new Release(plane.api(), NAMESPACE, Rendered.operator(NAMESPACE).documents()).apply();
    }

    /** Starts one beside others, all of which agree by their lease on who acts. */
    static RunningOperator start(ControlPlane plane, String name) {
        int port = plane.processes().port();
        Map<String, String> environment = Map.of(
                "KUBECONFIG",
                plane.kubeconfig(account()).toString(),
                "MILLRACE_OPERATOR_INTERVAL",
                "PT2S",
                "MILLRACE_OPERATOR_PORT",
                Integer.toString(port),
                "MILLRACE_OPERATOR_LEASE_NAMESPACE",
                NAMESPACE);
        plane.processes()
                .start(new LaunchSpec(
                        name,
                        command(),
                        environment,
                        plane.processes().layout().run(name),
                        plane.processes().layout().log(name)));
        plane.processes().await(name, () -> Ports.listening(port));
        return new RunningOperator(plane, name);
    }

    private static ObjectName account() {
        JsonNode account = Rendered.operator(NAMESPACE).documents().stream()
                .filter(object -> object.path("kind").asText().equals("ServiceAccount"))
                .findFirst()
                .orElseThrow();
        return ObjectName.of(account, NAMESPACE);
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(JavaCommand.of(HEAP_MIB, true));
        command.addAll(List.of(
                "-cp",
                MODULE.resolve("classes") + ":" + MODULE.resolve("lib/*"),
                "dev.millrace.operator.OperatorMain"));
        return command;
    }

    /** SIGKILL, and it stays away. */
    void crash() throws InterruptedException {
        plane.processes().crash(name);
    }

    @Override
    public void close() {
        try {
            plane.processes().stop(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
