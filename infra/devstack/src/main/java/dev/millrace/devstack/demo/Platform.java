package dev.millrace.devstack.demo;

/** Everything of a running stack that the demo meets: two services, one topic, one bucket. */
record Platform(
        EncoderClient encoder, IngestionClient ingestion, PairsLog log, VersionBook versions, Traffic traffic) {}
