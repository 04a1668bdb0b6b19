package dev.millrace.devstack.options;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where everything listens; the content of {@code endpoints.json}.
 *
 * @param services base URL by process name ({@code ingestion}, {@code trainer}, {@code trainer-2}, ...): the API's, or of a service
 *     without one the one in {@code management}
 * @param management by process name, below which health and metrics are
 * @param kafka bootstrap servers, host:port
 * @param pids process id by process name, of those running now
 */
public record Endpoints(
        Map<String, URI> services, Map<String, URI> management, String kafka, S3Access s3, Map<String, Long> pids) {
    public Endpoints {
        services = java.util.Collections.unmodifiableMap(new TreeMap<>(services));
        management = java.util.Collections.unmodifiableMap(new TreeMap<>(management));
        pids = java.util.Collections.unmodifiableMap(new TreeMap<>(pids));
    }

    /** How to reach the bucket. */
    public record S3Access(String endpoint, String accessKey, String secretKey, String bucket) {
        @Override
        public String toString() {
            return "S3Access[endpoint=" + endpoint + ", bucket=" + bucket + "]";
        }
    }

    public URI ingestion() {
        return of(Service.INGESTION);
    }

    public URI encoder() {
        return of(Service.ENCODER);
    }

    public URI trainer() {
        return of(Service.TRAINER);
    }

    public URI attribution() {
        return of(Service.ATTRIBUTION);
    }

    /** Of the first process of a service. */
    public URI management(Service service) {
        return management.get(service.folder());
    }

    private URI of(Service service) {
        return services.get(service.folder());
    }

    Endpoints withPids(Map<String, Long> running) {
        return new Endpoints(services, management, kafka, s3, running);
    }
}
