package dev.millrace.devstack;

import dev.millrace.events.TopicSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A real Kafka broker on loopback, in a process of its own. */
final class Broker {
    static final String NAME = "kafka";
    static final int NODE = 1;
    private static final int HEAP_MIB = 384;
    private static final String TIMEOUT_MS = "5000";

    private final int port;
    private final int controllerPort;

    Broker(Ports ports) {
        this.port = ports.free();
        this.controllerPort = ports.free();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    LaunchSpec spec(Layout layout) {
        Path file = SecretFile.properties(layout.run(NAME).resolve("server.properties"), properties(layout.data(NAME)));
        List<String> command = new ArrayList<>(JavaCommand.of(HEAP_MIB, true));
        command.addAll(List.of("-cp", JavaCommand.classPath(), BrokerMain.class.getName(), file.toString()));
        return new LaunchSpec(NAME, command, Map.of(), layout.run(NAME), layout.log(NAME));
    }

    private Map<String, String> properties(Path data) {
        String controller = "127.0.0.1:" + controllerPort;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE)),
                Map.entry("controller.quorum.voters", NODE + "@" + controller),
                Map.entry("listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + bootstrapServers()),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", data.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                // A rebalance after a kill takes two seconds instead of ten.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.consumer.min.heartbeat.interval.ms", "250"),
                Map.entry("group.consumer.heartbeat.interval.ms", "250"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"));
    }

    /** A bare connection is tried first: the admin client would fill the log while nobody listens. */
    boolean ready() {
        return Ports.listening(port) && answers();
    }

    private boolean answers() {
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            // Not yet listening: the caller asks again until its deadline.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Creates the topics that do not exist yet. */
    void create(List<TopicSpec> topics) {
        try (Admin admin = admin()) {
            Set<String> there = admin.listTopics().names().get();
            Stream<NewTopic> missing = topics.stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(Broker::newTopic);
            admin.createTopics(missing.toList()).all().get();
        } catch (ExecutionException e) {
            throw new StartFailedException(
                    "cannot create the topics: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("interrupted while creating the topics", e);
        }
    }

    private static NewTopic newTopic(TopicSpec topic) {
        return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings());
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS));
    }
}
