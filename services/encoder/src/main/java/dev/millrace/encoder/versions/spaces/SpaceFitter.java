package dev.millrace.encoder.versions.spaces;

import dev.millrace.checkpoints.space.Space;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceFit;
import dev.millrace.embedding.space.SpaceMethods;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.serving.LiveModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets a version encode the texts of an index, as any other request of one text after the other, and fits an adapter to both. */
final class SpaceFitter {
    /** Texts that are asked for at once, so that those of callers come in between. */
    private static final int AT_ONCE = 64;

    private final Duration patience;

    /** Waits so long for so many texts. */
    SpaceFitter(Duration patience) {
        this.patience = patience;
    }

    FittedSpace fit(LiveModel.Lease version, Space space) {
        if (space.version().equals(version.info().version())) {
            return FittedSpace.fitted(space.name(), space.version(), SpaceFit.own());
        }
        if (space.dimensions() != version.dimensions()) {
            return unfit(
                    space,
                    "its vectors have " + space.dimensions() + " numbers, those of "
                            + version.info().version() + " " + version.dimensions());
        }
        if (space.texts().size() < SpaceFit.FEWEST) {
            return unfit(space, "it holds fewer than " + SpaceFit.FEWEST + " texts");
        }
        PairedVectors pairs = new PairedVectors(
                encoded(version, space.texts()).toArray(float[][]::new),
                space.vectors().toArray(float[][]::new));
        return FittedSpace.fitted(space.name(), space.version(), SpaceFit.best(pairs, SpaceMethods.ALL));
    }

    /** As a document of the index, which they are. */
    private List<float[]> encoded(LiveModel.Lease version, List<String> texts) {
        List<String> documents = Prompts.put(version.prompts().before(InputType.DOCUMENT), texts);
        List<float[]> vectors = new ArrayList<>();
        for (int begin = 0; begin < documents.size(); begin += AT_ONCE) {
            List<String> part = documents.subList(begin, Math.min(documents.size(), begin + AT_ONCE));
            vectors.addAll(version.submit(version.tokenize(part), patience)
                    .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .join());
        }
        return vectors;
    }

    private static FittedSpace unfit(Space space, String trouble) {
        return FittedSpace.unfit(space.name(), space.version(), trouble);
    }
}
