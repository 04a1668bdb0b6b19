package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.trainer.lineage.LineageStore.Position;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** How a lineage begins: with a base model that is proven before anything is published. */
public final class Beginning {
    private static final Logger LOG = Logger.getLogger(Beginning.class);

    private final CheckpointStore store;
    private final WorkFolder work;
    private final SortedMap<String, String> configuration;
    private final Optional<Path> baseModel;
    private final BiConsumer<Path, Path> proof;

    /**
     * Begins with this model.
     *
     * @param configuration written into the manifest
     * @param proof throws when the model in the first folder is none that can be trained and served; may use the
     *     second, a new one
     */
    public Beginning(
            CheckpointStore store,
            WorkFolder work,
            SortedMap<String, String> configuration,
            Optional<Path> baseModel,
            BiConsumer<Path, Path> proof) {
        this.store = store;
        this.work = work;
        this.configuration = configuration;
        this.baseModel = baseModel;
        this.proof = proof;
    }

    /**
     * Makes the base model version 0 and the head; not where versions show that there was a head, which is lost then.
     *
     * @throws IllegalStateException when there is no base model, or there are versions
     * @throws dev.millrace.embedding.model.UnsupportedModelException when it is none that can be trained and served;
     *     nothing is published then
     */
    public Position begin() {
        Path model = baseModel.orElseThrow(() ->
                new IllegalStateException("the bucket has no version and millrace.trainer.base-model names no folder"));
        Path files = proven(model);
        String version = VersionNames.base(files);
        requireUnbegun(version);
        return publish(version, files, Optional.empty());
    }

    /**
     * Whether the head is a base that can be replaced: nothing was learned from it, and there is another model to begin
     * with.
     */
    public boolean mayReplace(Position head) {
        return baseModel.isPresent()
                && head.manifest().parent().isEmpty()
                && store.versions().stream().allMatch(Beginning::isBase);
    }

    /**
     * Begins again in place of a head that nothing can load and nothing was learned from.
     *
     * @throws dev.millrace.checkpoints.pointer.StalePointerException when another trainer did first
     */
    public Position replace(Position unloadable) {
        Path files = proven(baseModel.orElseThrow());
        String version = VersionNames.base(files);
        if (store.manifest(version).isPresent()) {
            version = VersionNames.whole(files);
        }
        LOG.warnf(
                "%s cannot be loaded and nothing was learned from it: beginning anew",
                unloadable.manifest().version());
        return publish(version, files, Optional.of(unloadable.head()));
    }

    private Path proven(Path model) {
        Path files = work.baseModel(model);
        Path scratch = work.version("proof");
        proof.accept(files, scratch);
        work.discard(scratch);
        return files;
    }

    private Position publish(String version, Path files, Optional<Pointer> before) {
        if (store.manifest(version).isEmpty()) {
            ComputedAs.record(configuration, files);
            store.publish(
                    new Draft(
                            version,
                            Optional.empty(),
                            VersionNames.space(version),
                            Optional.empty(),
                            new TreeMap<>(),
                            Records.NONE,
                            new TreeMap<>(),
                            Optional.empty(),
                            configuration),
                    files);
        }
        work.discard(files);
        Pointer head = store.moveHead(before, version);
        LOG.infof("the base model is version %s", version);
        return new Position(head, store.manifest(version).orElseThrow());
    }

    /** A beginning that broke off has left its base at most. */
    private void requireUnbegun(String base) {
        store.versions().stream()
                .filter(version -> !version.equals(base))
                .findFirst()
                .ifPresent(version -> {
                    throw new IllegalStateException("head.json is missing, but there are versions such as " + version
                            + ": it has to be put back, as beginning anew would forget all that was learned");
                });
    }

    private static boolean isBase(String version) {
        return VersionName.parse(version).filter(name -> name.sequence() == 0).isPresent();
    }
}
