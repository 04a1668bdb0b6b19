package dev.millrace.cluster;

import dev.millrace.devstack.DevStack;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Does on this machine what the nodes only play: beside each trainer's pod that is ready runs a real trainer's process, started when
 * the pod becomes ready and told to go (SIGTERM, as a kubelet would) when it is deleted.
 */
final class PodsAtWork implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Set<String> running = new HashSet<>();
    private final Release release;
    private final DevStack stack;
    private final List<String> processes;
    private final Rhythm work;
    private volatile int most;

    /** The processes stand for the pods with the ordinals 0, 1, ...; the first runs from the beginning. */
    PodsAtWork(Release release, DevStack stack, List<String> processes) {
        this.release = release;
        this.stack = stack;
        this.processes = processes;
        running.add(processes.get(0));
        work = new Rhythm(PAUSE, this::follow);
    }

    private void follow() {
        Set<String> wanted = new TreeSet<>(release.pods("trainer").stream()
                .filter(pod -> Conditions.of(pod).isTrue("Ready"))
                .map(pod -> pod.at("/metadata/name").asText())
                .map(name -> processes.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))))
                .toList());
        wanted.stream().filter(running::add).forEach(stack::startAgain);
        running.stream().filter(name -> !wanted.contains(name)).toList().forEach(this::stop);
        most = Math.max(most, running.size());
    }

    private void stop(String process) {
        try {
            stack.stop(process);
            running.remove(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many processes there were at most at a time. */
    int most() {
        return most;
    }

    @Override
    public void close() {
        work.close();
    }
}
