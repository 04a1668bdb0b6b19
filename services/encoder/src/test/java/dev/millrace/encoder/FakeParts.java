package dev.millrace.encoder;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.encoder.serving.ModelLoader;
import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.time.Clock;

/** In place of the real bucket, and of the real model where a version is none. */
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
        return folder -> Files.exists(folder.resolve(RealModel.CONFIG))
                        || Files.exists(folder.resolve(RealModel.TOKENIZER))
                ? EncoderModel.load(ModelFolder.read(folder), new EncoderOptions("cpu", Precision.FP32, 1, 1024))
                : MODELS.load(folder);
    }
}
