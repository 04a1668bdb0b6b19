package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which object of a cluster.
 *
 * @param apiVersion group and version, {@code apps/v1}; of the oldest kinds the version alone
 * @param kind as objects write it, {@code StatefulSet}
 * @param namespace of kinds that have one; of others it is not looked at
 */
public record ObjectName(String apiVersion, String kind, String namespace, String name) {
    /** The name of an object that is written without a namespace, as Helm renders it. */
    public static ObjectName of(JsonNode object, String namespace) {
        return new ObjectName(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                namespace,
                object.at("/metadata/name").asText());
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
