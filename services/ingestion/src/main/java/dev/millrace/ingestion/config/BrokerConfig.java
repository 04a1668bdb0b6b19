package dev.millrace.ingestion.config;

import dev.millrace.service.kafka.KafkaConfig;
import io.smallrye.config.ConfigMapping;

/** Where the topics are. */
@ConfigMapping(prefix = "millrace.kafka")
public interface BrokerConfig extends KafkaConfig {}
