package dev.millrace.encoder.config;

import dev.millrace.service.s3.S3Config;
import io.smallrye.config.ConfigMapping;

/** Where the versions are. */
@ConfigMapping(prefix = "millrace.s3")
public interface BucketConfig extends S3Config {}
