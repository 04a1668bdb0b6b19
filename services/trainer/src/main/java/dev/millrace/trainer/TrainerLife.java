package dev.millrace.trainer;

import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.trainer.loop.TrainerLoop;
import dev.millrace.trainer.stream.EventProducer;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts and stops the trainer's thread with the process. */
final class TrainerLife {
    private static final Logger LOG = Logger.getLogger(TrainerLife.class);

    private static final Duration LAST_STEP = Duration.ofSeconds(30);

    private final TrainerLoop loop;
    private final EventProducer events;
    private final S3Bucket bucket;
    private final Duration grace;
    private final Thread thread;

    TrainerLife(TrainerLoop loop, EventProducer events, S3Bucket bucket, Duration grace) {
        this.loop = loop;
        this.events = events;
        this.bucket = bucket;
        this.grace = grace;
        thread = new Thread(loop, "trainer");
    }

    void start() {
        thread.start();
    }

    boolean alive() {
        return thread.isAlive();
    }

    /**
     * A process that ends while libtorch computes ends with a crash; so a window that is given up still ends its step.
     */
    void stop() throws InterruptedException {
        loop.stop();
        thread.join(grace.toMillis());
        loop.abandon();
        thread.join(LAST_STEP.toMillis());
        if (thread.isAlive()) {
            LOG.warnf("the trainer's thread has not ended %s after its window was given up", LAST_STEP);
        }
        events.close();
        bucket.close();
    }
}
