package dev.millrace.checkpoints.s3;

import java.util.regex.Pattern;

/**
 * Where a bucket is and who asks for it.
 *
 * @param endpoint http or https address of the S3 server, without a path
 * @param region the signing region, such as us-east-1
 * @param bucket bucket name, 3 to 63 of a-z 0-9 . -
 * @param prefix folder of keys inside the bucket, empty for the whole bucket; a missing final `/` is added
 * @param accessKey the user; not shown by toString
 * @param secretKey the secret; not shown by toString
 */
public record S3Settings(
        String endpoint, String region, String bucket, String prefix, String accessKey, String secretKey) {

    private static final Pattern ENDPOINT = Pattern.compile("https?://[^/@?#\\s]+/?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*");

    /** Refuses settings out of the ranges above with an IllegalArgumentException that names the setting, never a secret. */
    public S3Settings {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        require(ENDPOINT.matcher(endpoint).matches(), "endpoint: not a plain http(s) address");
        require(!region.isBlank(), "region: blank");
        require(BUCKET.matcher(bucket).matches(), "bucket: not a bucket name");
        require(PREFIX.matcher(prefix).matches(), "prefix: not a relative folder of A-Z a-z 0-9 . _ -");
        require(!accessKey.isBlank(), "accessKey: blank");
        require(!secretKey.isBlank(), "secretKey: blank");
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + ", prefix=" + prefix
                + ", accessKey=***, secretKey=***]";
    }

    private static void require(final boolean holds, final String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
