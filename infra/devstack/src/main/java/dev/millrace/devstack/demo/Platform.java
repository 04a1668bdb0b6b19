package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.stack.EncoderTraffic;
import dev.millrace.devstack.demo.stack.IngestionTraffic;
import dev.millrace.devstack.demo.stack.PairsLog;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.stack.VersionBook;

/** Everything of a running stack that the demo meets: two services, one topic, one bucket. */
record Platform(
        EncoderTraffic encoder, IngestionTraffic ingestion, PairsLog log, VersionBook versions, Traffic traffic) {}
