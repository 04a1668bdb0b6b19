package dev.millrace.integration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/** An operator's hand on the number of topics' partitions while everything runs. */
final class TopicPartitions {
    private TopicPartitions() {}

    /** Gives each of the topics so many more. */
    static void add(String kafka, List<String> topics, int more) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<String, TopicDescription> now =
                    admin.describeTopics(topics).allTopicNames().get();
            admin.createPartitions(now.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    topic -> NewPartitions.increaseTo(
                                            topic.getValue().partitions().size() + more))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be given more partitions", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
