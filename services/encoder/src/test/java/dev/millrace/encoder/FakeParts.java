package dev.millrace.encoder;

import dev.millrace.checkpoints.Bucket;
import dev.millrace.checkpoints.InMemoryBucket;
import dev.millrace.encoder.serving.ModelLoader;
import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** In place of the real bucket and the real model. */
@Mock
@Singleton
class FakeParts {
    static final FakeModels MODELS = new FakeModels();

    @Produces
    @Singleton
    Bucket bucket() {
        return new InMemoryBucket(Clock.systemUTC());
    }

    @Produces
    @Singleton
    ModelLoader models() {
        return MODELS;
    }
}
