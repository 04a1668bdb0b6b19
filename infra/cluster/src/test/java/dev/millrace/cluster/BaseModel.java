package dev.millrace.cluster;

/** The claim of the base model's folder, and a volume that it is bound to: what an operator has made before the first start. */
final class BaseModel {
    private BaseModel() {}

    static ObjectName claim(String namespace) {
        ApiServer api = SharedPlane.get().api();
        api.apply("", Yaml.read("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: base-model-%1$s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadOnlyMany]
                  storageClassName: ""
                  hostPath: {path: /models}
                  claimRef: {namespace: %1$s, name: base-model}
                """.formatted(namespace)));
        api.apply(namespace, Yaml.read("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: base-model}
                spec:
                  accessModes: [ReadOnlyMany]
                  storageClassName: ""
                  volumeName: base-model-%s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(namespace)));
        return new ObjectName("v1", "PersistentVolumeClaim", namespace, "base-model");
    }
}
