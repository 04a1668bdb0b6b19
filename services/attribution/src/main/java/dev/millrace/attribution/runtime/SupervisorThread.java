package dev.millrace.attribution.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one thread that steps the supervisor, and so owns the clients of Kafka. */
public final class SupervisorThread {
    private static final Logger LOG = Logger.getLogger(SupervisorThread.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration STOPPING = Duration.ofSeconds(30);

    private final JoinSupervisor supervisor;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "attribution-supervisor");

    public SupervisorThread(JoinSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    public void start() {
        thread.start();
    }

    public void stop() throws InterruptedException {
        stopping.countDown();
        thread.join(STOPPING.toMillis());
        if (thread.isAlive()) {
            LOG.warnf("the join did not stop within %s; its open transaction will be aborted", STOPPING);
        }
    }

    private void run() {
        try {
            do {
                supervisor.step();
            } while (!stopping.await(PACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            supervisor.stop();
        }
    }
}
