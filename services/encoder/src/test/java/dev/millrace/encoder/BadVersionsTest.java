package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.encoder.versions.follow.ChannelFollower;
import dev.millrace.encoder.versions.follow.ReloadThread;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model under load, while the channel is moved to one bad version after the other. */
@QuarkusTest
@TestProfile(BadVersionsTest.OnItsOwn.class)
final class BadVersionsTest {
    private static final int VERSIONS = 100;
    private static final List<BadVersion> WAYS = List.of(BadVersion.values());
    private static final int CALLERS = 2;
    private static final long SEED = 20261121;

    @Inject
    CheckpointStore store;

    @Inject
    Bucket bucket;

    @Inject
    ChannelFollower follower;

    @Inject
    ReloadThread reloads;

    @TestHTTPResource("/v1/embeddings")
    URI embeddings;

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failed = new ArrayList<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void noneIsServedEachIsRefusedByFileAndNoRequestFails() throws Exception {
        // Given
        final String good = publish(0);
        point(good);
        Await.until(() -> ask().equals(good));
        final List<Thread> callers = callers();
        final List<String> unnamed = new ArrayList<>();
        final Random random = new Random(SEED);

        // When
        for (int i = 1; i <= VERSIONS; i++) {
            final String refusal = offer(i, random);
            if (!refusal.isEmpty()) {
                unnamed.add(refusal);
            }
        }
        final String last = publish(VERSIONS + 1);
        point(last);
        Await.until(() -> served.contains(last));
        over.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        // Then
        System.getLogger("bad versions")
                .log(System.Logger.Level.INFO, answered + " requests answered beside " + VERSIONS + " bad versions");
        assertThat(unnamed).isEmpty();
        assertThat(served).containsExactlyInAnyOrder(good, last);
        assertThat(failed).isEmpty();
        assertThat(answered).hasValueGreaterThan(VERSIONS);
        assertThat(follower.trouble()).isEmpty();
    }

    /** What is wrong with how it was refused; empty when it was refused by the file at fault. */
    private String offer(int number, Random random) throws IOException {
        final String version = publish(number);
        final BadVersion way = WAYS.get(number % WAYS.size());
        final String file =
                way.make(new BadVersion.Scene(store, bucket, folder.resolve("v" + number), version, random));
        point(version);
        Await.until(() -> follower.trouble().orElse("").contains(version));
        final String refusal = follower.trouble().orElseThrow();
        return Arrays.stream(file.split(BadVersion.OR)).anyMatch(refusal::contains)
                ? ""
                : way + " of " + file + ": " + refusal;
    }

    private String publish(int number) throws IOException {
        final String version = "v%06d-%08x".formatted(number, number);
        store.publish(Publisher.draft(version), RealModel.write(folder.resolve("v" + number), number));
        return version;
    }

    /** As somebody would who does not ask whether the version is whole. */
    private void point(String version) {
        final String pointer =
                "{\"schema\":1,\"version\":\"%s\",\"movedAt\":\"2026-01-01T00:00:00Z\",\"nonce\":\"%s\"}";
        bucket.put(
                "channels/stable.json",
                pointer.formatted(version, version).getBytes(StandardCharsets.UTF_8),
                Condition.ALWAYS);
        reloads.wake();
    }

    private List<Thread> callers() {
        final List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            final Thread caller = new Thread(() -> {
                while (over.getCount() > 0) {
                    served.add(ask());
                }
            });
            caller.start();
            callers.add(caller);
        }
        return callers;
    }

    /** The version that answered; "none" where none did. */
    private String ask() {
        final HttpRequest request = HttpRequest.newBuilder(embeddings)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\": [\"w4 w5 w6\", \"w7\"]}"))
                .build();
        try {
            final HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                answered.incrementAndGet();
            } else if (!served.isEmpty()) {
                fail(response.body());
            }
            return response.headers().firstValue("X-Millrace-Version").orElse("none");
        } catch (IOException | InterruptedException failure) {
            fail(failure.toString());
            return "none";
        }
    }

    private synchronized void fail(String why) {
        failed.add(why);
    }

    /** An application that no other test has moved the channel of. */
    public static final class OnItsOwn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.encoder.cache-dir", "target/test-cache-bad-versions");
        }
    }
}
