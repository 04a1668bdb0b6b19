package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.stack.EncoderClient;
import dev.millrace.devstack.demo.stack.IngestionClient;
import dev.millrace.devstack.demo.stack.PairsLog;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.stack.VersionBook;

/** Everything of a running stack that the demo meets: two services, one topic, one bucket. */
record Platform(
        EncoderClient encoder, IngestionClient ingestion, PairsLog log, VersionBook versions, Traffic traffic) {}
