package dev.millrace.devstack.broker;

import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.process.JavaCommand;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.SecretFile;
import dev.millrace.devstack.process.StartFailedException;
import dev.millrace.events.topic.TopicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A real Kafka broker on loopback, in a process of its own. */
public final class Broker {
    public static final String NAME = "kafka";
    static final int NODE = 1;
    private static final int HEAP_MIB = 384;
    private static final String TIMEOUT_MS = "5000";

    private final int port;
    private final int controllerPort;

    public Broker(Ports ports) {
        this.port = ports.free();
        this.controllerPort = ports.free();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public LaunchSpec spec(Layout layout) {
        Path file = SecretFile.properties(layout.run(NAME).resolve("server.properties"), properties(layout.data(NAME)));
        List<String> command = new ArrayList<>(JavaCommand.of(HEAP_MIB, true));
        command.addAll(List.of("-cp", JavaCommand.classPath(), BrokerMain.class.getName(), file.toString()));
        return new LaunchSpec(NAME, command, Map.of(), layout.run(NAME), layout.log(NAME));
    }

    /** What depends on this run; the rest is in broker.properties. */
    private Map<String, String> properties(Path data) {
        String controller = "127.0.0.1:" + controllerPort;
        Map<String, String> properties = new HashMap<>(fixedProperties());
        properties.putAll(Map.of(
                "node.id", Integer.toString(NODE),
                "controller.quorum.voters", NODE + "@" + controller,
                "listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller,
                "advertised.listeners", "PLAINTEXT://" + bootstrapServers(),
                "log.dirs", data.toString()));
        return properties;
    }

    private static Map<String, String> fixedProperties() {
        Properties fixed = new Properties();
        try (InputStream in = Broker.class.getResourceAsStream("broker.properties")) {
            fixed.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fixed.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, fixed::getProperty));
    }

    /** A bare connection is tried first: the admin client would fill the log while nobody listens. */
    public boolean ready() {
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
    public void create(List<TopicSpec> topics) {
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
