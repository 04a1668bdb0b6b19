package dev.millrace.trainer;

import dev.millrace.checkpoints.S3Bucket;
import dev.millrace.trainer.config.HttpConfig;
import dev.millrace.trainer.stream.EventProducer;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts and stops the trainer's thread with the process. */
final class TrainerLife {
    private static final Logger LOG = Logger.getLogger(TrainerLife.class);

    private final TrainerLoop loop;
    private final EventProducer events;
    private final S3Bucket bucket;
    private final HttpConfig http;
    private final Duration grace;
    private final Thread thread;

    TrainerLife(TrainerLoop loop, EventProducer events, S3Bucket bucket, HttpConfig http, Duration grace) {
        this.loop = loop;
        this.events = events;
        this.bucket = bucket;
        this.http = http;
        this.grace = grace;
        thread = new Thread(loop, "trainer");
    }

    void start(String host) {
        ListenGuard.require(host, http);
        thread.start();
    }

    boolean alive() {
        return thread.isAlive();
    }

    void stop() throws InterruptedException {
        loop.stop();
        thread.join(grace.toMillis());
        if (thread.isAlive()) {
            LOG.warnf("the window in training is left behind after %s; it is read again at the next start", grace);
        }
        events.close();
        bucket.close();
    }
}
