package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Three nodes in three zones, one of them with eight GPUs, and tainted as such nodes usually are. KWOK plays what runs on them. */
final class Nodes {
    private static final int GPUS = 8;

    private static final List<String> NAMES = List.of("node-a", "node-b", "node-gpu");

    private final ApiServer api;

    Nodes(ApiServer api) {
        this.api = api;
    }

    void create() {
        for (String name : NAMES) {
            boolean gpu = name.endsWith("-gpu");
            String taints = gpu ? "[{key: nvidia.com/gpu, effect: NoSchedule}]" : "[]";
            api.apply("", Yaml.read("""
                    apiVersion: v1
                    kind: Node
                    metadata:
                      name: %1$s
                      annotations: {kwok.x-k8s.io/node: fake}
                      labels: {kubernetes.io/hostname: %1$s, topology.kubernetes.io/zone: zone-%1$s}
                    spec: {taints: %2$s}
                    """.formatted(name, taints)));
            api.merge(node(name), "/status", capacity(gpu ? GPUS : 0));
        }
    }

    private static JsonNode capacity(int gpus) {
        String resources = "{cpu: '64', memory: 256Gi, pods: '500', nvidia.com/gpu: '%d'}".formatted(gpus);
        return Yaml.read("status: {capacity: %1$s, allocatable: %1$s}".formatted(resources));
    }

    boolean ready() {
        return NAMES.stream()
                .allMatch(name -> Conditions.of(api.get(node(name))).isTrue("Ready"));
    }

    private static ObjectName node(String name) {
        return new ObjectName("v1", "Node", "", name);
    }
}
