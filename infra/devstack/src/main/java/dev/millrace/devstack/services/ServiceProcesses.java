package dev.millrace.devstack.services;

import dev.millrace.devstack.options.Fleet;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.process.JavaCommand;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.SecretFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** The services' processes: their ports, their configuration files and their command lines. */
public final class ServiceProcesses {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Fleet fleet;
    private final Map<String, Instance> instances = new LinkedHashMap<>();

    private record Instance(
            Service service, OptionalInt api, int management, Map<String, String> settings, boolean spare) {}

    public ServiceProcesses(Fleet fleet, Ports ports) {
        this.fleet = fleet;
        for (Service service : Service.values()) {
            int count = service == Service.TRAINER ? fleet.trainers() : 1;
            for (String name : service.instances(count)) {
                boolean asked = name.equals(service.folder()) && fleet.ports().containsKey(service);
                OptionalInt api =
                        asked ? OptionalInt.of(ports.exactly(fleet.ports().get(service))) : api(service, ports);
                instances.put(name, new Instance(service, api, ports.free(), Map.of(), false));
            }
        }
        for (SpareProcess spare : fleet.spares()) {
            Service service = spare.service();
            instances.put(
                    spare.name(), new Instance(service, api(service, ports), ports.free(), spare.settings(), true));
        }
    }

    private static OptionalInt api(Service service, Ports ports) {
        return service.hasApi() ? OptionalInt.of(ports.free()) : OptionalInt.empty();
    }

    /** Of those that are started with the stack. */
    public List<String> names() {
        return names(false);
    }

    /** Of those that are not. */
    public List<String> spares() {
        return names(true);
    }

    private List<String> names(boolean spare) {
        return instances.entrySet().stream()
                .filter(entry -> entry.getValue().spare() == spare)
                .map(Map.Entry::getKey)
                .toList();
    }

    public Service service(String name) {
        return instances.get(name).service();
    }

    /** Base URLs of the APIs; of a service without one that of its management. */
    public Map<String, URI> urls() {
        return urls(instance -> instance.api().orElse(instance.management()));
    }

    /** Below which health and metrics are. */
    public Map<String, URI> management() {
        return urls(Instance::management);
    }

    private Map<String, URI> urls(ToIntFunction<Instance> port) {
        Map<String, URI> urls = new LinkedHashMap<>();
        instances.forEach(
                (name, instance) -> urls.put(name, URI.create("http://127.0.0.1:" + port.applyAsInt(instance))));
        return urls;
    }

    /**
     * Configuration goes into a file in the process's working directory, where Quarkus looks by itself: command lines, and the
     * secrets on them, would be seen by every user of the machine.
     */
    public LaunchSpec spec(String name, Map<String, String> shared, Home home, Layout layout) {
        Instance instance = instances.get(name);
        Map<String, String> settings = new HashMap<>(shared);
        instance.api().ifPresent(port -> settings.put("quarkus.http.port", Integer.toString(port)));
        settings.put("quarkus.management.port", Integer.toString(instance.management()));
        settings.putAll(own(instance.service(), name, layout));
        settings.putAll(fleet.settings(instance.service()));
        settings.putAll(instance.settings());
        Path run = layout.run(name);
        SecretFile.properties(run.resolve("config/application.properties"), settings);
        Service service = instance.service();
        List<String> command = new ArrayList<>(JavaCommand.of(service.heapMiB(), service.quickStart()));
        if (service.runsAModel()) {
            command.addAll(JavaCommand.VECTOR_API);
        }
        command.addAll(List.of("-jar", home.jar(service).toString()));
        return new LaunchSpec(name, command, JavaCommand.NATIVE_ENVIRONMENT, run, layout.log(name));
    }

    private static Map<String, String> own(Service service, String name, Layout layout) {
        String data = layout.data(name).toString();
        return switch (service) {
            case INGESTION -> Map.of();
            case ATTRIBUTION -> Map.of("millrace.attribution.state-dir", data);
            // A killed trainer's partitions are free again after six seconds instead of 45.
            case TRAINER ->
                Map.of(
                        "millrace.trainer.work-dir", data,
                        "millrace.kafka.properties.\"session.timeout.ms\"", "6000",
                        "millrace.kafka.properties.\"heartbeat.interval.ms\"", "1500");
            // Half of the cores: the trainer is at work on the same ones.
            case ENCODER ->
                Map.of(
                        "millrace.encoder.cache-dir",
                        data,
                        "millrace.encoder.threads",
                        Integer.toString(Math.max(1, CORES / 2)));
        };
    }
}
