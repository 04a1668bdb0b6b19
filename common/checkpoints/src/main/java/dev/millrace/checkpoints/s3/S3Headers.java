package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.Condition;
import io.minio.GetObjectResponse;
import java.util.Map;
import java.util.Optional;

/** Conditions and ETags as HTTP says them: quoted on the way out, and on the way in as the server or client pleases. */
final class S3Headers {
    private S3Headers() {}

    static Map<String, String> of(final Condition condition) {
        if (condition instanceof Condition.IfMatch match) {
            return Map.of("If-Match", '"' + match.etag() + '"');
        }
        return condition instanceof Condition.IfAbsent ? Map.of("If-None-Match", "*") : Map.of();
    }

    static String etag(final String key, final GetObjectResponse response) {
        return Optional.ofNullable(response.headers().get("ETag"))
                .map(S3Headers::unquoted)
                .orElseThrow(() -> new BucketException(key + ": the bucket gives no ETag"));
    }

    static String unquoted(final String etag) {
        return etag.replace("\"", "");
    }
}
