package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The topics get more partitions while two processes join. Ingestion does not know of them for five minutes, whoever
 * begins to produce knows at once: impressions and their clicks lie on both sides of the change, either way round.
 */
@Tag("faults")
class MorePartitionsTest {
    private static final Topics TOPICS = new Topics("");
    private static final String SECOND = "attribution-2";
    private static final int COUNT = 60;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final StackOptions OPTIONS = TestStack.options("partitions")
            .withSettings(
                    Service.ATTRIBUTION,
                    Map.of(
                            "millrace.attribution.window", "PT20S",
                            "millrace.attribution.settling-time", "PT20S",
                            "millrace.attribution.quiet-after", "PT1S",
                            "millrace.attribution.session-timeout", "PT2S"))
            .withSpare(new SpareProcess(SECOND, Service.ATTRIBUTION, Map.of()));

    private static DevStack stack;

    private final String kafka = stack.endpoints().kafka();
    private final PatientProducer ingestion =
            new PatientProducer(stack.endpoints().ingestion(), new Await(Screen.silent(), LIMIT));
    private final Management management = new Management();

    @BeforeAll
    static void start() {
        stack = DevStack.start(OPTIONS, Screen.stdout());
        stack.startAgain(SECOND);
        stack.awaitReady(SECOND);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** The other test without its kill; both would make the default run a minute longer. */
    @Test
    @Tag("soak")
    void everyClickIsOnePairWhicheverSideOfTheChangeItLiesOn() throws InterruptedException {
        // Given
        Searches searches = new Searches("grown");
        searches.before();

        // When
        morePartitions();

        // Then
        searches.after();
        awaitEachOnce(searches.ids());
        assertThatAllRun();
    }

    @Test
    void everyClickIsOnePairThoughAJoinIsKilledWhileItHandsOver() throws InterruptedException {
        // Given
        Searches searches = new Searches("killed");
        searches.before();
        morePartitions();
        searches.after();

        // When
        stack.kill("attribution");

        // Then
        awaitEachOnce(searches.ids());
        stack.awaitReady();
        assertThatAllRun();
    }

    /** Searches on both sides of a change; their clicks come by who knows of it and by who does not. */
    private final class Searches {
        private final List<Impression> early;
        private final List<Click> earlyClicks;
        private final List<Impression> late;
        private final List<Click> lateClicks;

        Searches(String name) {
            early = TestEvents.impressions(name + "-early", COUNT);
            earlyClicks = TestEvents.clicks(name + "-early", COUNT);
            late = TestEvents.impressions(name + "-late", COUNT);
            lateClicks = TestEvents.clicks(name + "-late", COUNT);
        }

        void before() {
            ingestion.impressions(early);
            ingestion.clicks(earlyClicks.subList(0, COUNT / 3));
        }

        void after() {
            knowing(earlyClicks.subList(COUNT / 3, 2 * COUNT / 3).stream().map(MorePartitionsTest::record));
            ingestion.clicks(earlyClicks.subList(2 * COUNT / 3, COUNT));
            knowing(late.subList(0, 2 * COUNT / 3).stream().map(MorePartitionsTest::record));
            ingestion.impressions(late.subList(2 * COUNT / 3, COUNT));
            ingestion.clicks(lateClicks.subList(0, COUNT / 3));
            knowing(lateClicks.subList(COUNT / 3, COUNT).stream().map(MorePartitionsTest::record));
        }

        List<String> ids() {
            return Stream.of(earlyClicks, lateClicks)
                    .flatMap(List::stream)
                    .map(click -> "click:" + click.impressionId() + ":" + click.docId())
                    .toList();
        }
    }

    private static ProducerRecord<String, byte[]> record(Impression shown) {
        return new ProducerRecord<>(TOPICS.impressions().name(), shown.id(), EventJson.write(shown));
    }

    private static ProducerRecord<String, byte[]> record(Click click) {
        return new ProducerRecord<>(TOPICS.clicks().name(), click.impressionId(), EventJson.write(click));
    }

    /** By a producer that begins now. */
    private void knowing(Stream<ProducerRecord<String, byte[]>> records) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            for (Future<RecordMetadata> sent : records.map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("an event is not taken", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private void morePartitions() {
        TopicPartitions.add(
                kafka,
                Stream.of(TOPICS.impressions(), TOPICS.clicks(), TOPICS.pairs())
                        .map(TopicSpec::name)
                        .toList(),
                4);
    }

    private void awaitEachOnce(List<String> expected) {
        String prefix = expected.get(0).substring(0, expected.get(0).indexOf('-'));
        Supplier<List<String>> pairs = () -> PairsTopic.ids(kafka).stream()
                .filter(id -> id.startsWith(prefix))
                .toList();
        await("the pairs of " + expected.size() + " clicks")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> pairs.get().size() >= expected.size());
        assertThat(pairs.get()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void assertThatAllRun() throws InterruptedException {
        for (URI process : processes()) {
            assertThat(management.metric(process, "millrace_attribution_running"))
                    .as("joins at " + process)
                    .isEqualTo(1);
        }
    }

    private static List<URI> processes() {
        Map<String, URI> all = stack.endpoints().management();
        return IntStream.rangeClosed(1, 2)
                .mapToObj(number -> number == 1 ? "attribution" : SECOND)
                .map(all::get)
                .toList();
    }
}
