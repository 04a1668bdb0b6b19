package dev.millrace.devstack.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What to start.
 *
 * @param folder where logs and {@code endpoints.json} go, for example {@code target/up}
 * @param keep where broker and bucket keep their data beyond the stop; absent: inside {@code folder}, deleted at the stop
 * @param model a Hugging Face folder that becomes version 0; absent: MiniLM
 */
public record StackOptions(Path folder, Optional<Path> keep, Optional<Path> model, S3Kind s3, Fleet fleet) {
    public StackOptions {
        folder = folder.toAbsolutePath().normalize();
        keep = keep.map(path -> path.toAbsolutePath().normalize());
        model = model.map(StackOptions::resolved);
    }

    /** Where links lead: services have working directories of their own, and some tools make a model's folder of links. */
    private static Path resolved(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Not there: said, with the name that was given, by whoever reads it.
            return path.toAbsolutePath().normalize();
        }
    }

    /** One trainer, free ports, MiniLM, the embedded S3 server, nothing kept. */
    public static StackOptions in(Path folder) {
        return new StackOptions(folder, Optional.empty(), Optional.empty(), new S3Kind.S3Proxy(), Fleet.one());
    }

    public StackOptions keeping(Path data) {
        return new StackOptions(folder, Optional.of(data), model, s3, fleet);
    }

    public StackOptions withModel(Path modelFolder) {
        return new StackOptions(folder, keep, Optional.of(modelFolder), s3, fleet);
    }

    public StackOptions withS3(S3Kind kind) {
        return new StackOptions(folder, keep, model, kind, fleet);
    }

    public StackOptions withTrainers(int count) {
        return with(fleet.withTrainers(count));
    }

    /** Partitions of pairs, impressions and clicks alike; what a broker's kept data say wins. */
    public StackOptions withPartitions(int count) {
        return with(fleet.withPartitions(count));
    }

    /** A process that is started when asked for, not with the others. */
    public StackOptions withSpare(SpareProcess spare) {
        return with(fleet.withSpare(spare));
    }

    public StackOptions withPort(Service service, int port) {
        return with(fleet.withPort(service, port));
    }

    /** Sets one configuration key of one service, over whatever the stack itself sets. */
    public StackOptions withSetting(Service service, String key, String value) {
        return withSettings(service, Map.of(key, value));
    }

    /** As {@link #withSetting}, for several keys. */
    public StackOptions withSettings(Service service, Map<String, String> settings) {
        return with(fleet.withSettings(service, settings));
    }

    private StackOptions with(Fleet changed) {
        return new StackOptions(folder, keep, model, s3, changed);
    }
}
