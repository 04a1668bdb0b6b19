package dev.millrace.devstack.demo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Definitions and the words they define, out of the WordNet 3.1 that a Maven artifact carries. */
final class WordNetSource {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";

    /** Names of the lexicographer files by number, from lexnames(5WN); the artifact does not carry them. */
    static final List<String> DOMAINS =
            List.of(("adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body"
                            + " noun.cognition noun.communication noun.event noun.feeling noun.food noun.group"
                            + " noun.location noun.motive noun.object noun.person noun.phenomenon noun.plant"
                            + " noun.possession noun.process noun.quantity noun.relation noun.shape noun.state"
                            + " noun.substance noun.time verb.body verb.change verb.cognition verb.communication"
                            + " verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion"
                            + " verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl")
                    .split(" "));

    private static final double ROOT_PRECISION = 100;

    private final int heldOut;
    private final int posted;
    private final long seed;

    WordNetSource(int heldOut, int posted, long seed) {
        this.heldOut = heldOut;
        this.posted = posted;
        this.seed = seed;
    }

    Dataset read() {
        Map<Integer, List<Synset>> byDomain = byDomain(synsets());
        Map<Integer, Integer> sizes = byDomain.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> root(entry.getValue())));
        Map<Integer, Integer> asked = Shares.of(heldOut, sizes);
        Map<Integer, Integer> sent = Shares.of(posted, sizes);
        List<Example> questions = new ArrayList<>();
        List<Chapter> chapters = new ArrayList<>();
        byDomain.forEach((domain, all) -> {
            List<Example> examples = all.stream().map(WordNetSource::example).toList();
            int cut = asked.get(domain);
            questions.addAll(examples.subList(0, cut));
            int end = Math.min(examples.size(), cut + sent.get(domain));
            chapters.add(new Chapter(DOMAINS.get(domain), examples.subList(cut, end)));
        });
        Collections.shuffle(chapters, new Random(seed));
        return new Dataset(
                "WordNet 3.1",
                chapters.stream()
                        .filter(chapter -> !chapter.examples().isEmpty())
                        .toList(),
                questions,
                notes(byDomain.size()));
    }

    /** Held out and posted follow the square roots of the sizes, or three domains of 45 would be a third of everything. */
    private static int root(List<Synset> domain) {
        return (int) Math.round(ROOT_PRECISION * Math.sqrt(domain.size()));
    }

    private List<String> notes(int domains) {
        return List.of(
                "query = a definition, document = the word and its synonyms",
                domains + " lexicographer domains arrive one after the other, in an order drawn with seed " + seed,
                "each domain gives pairs and held-out queries in proportion to the square root of its size");
    }

    /** Shuffled within each domain; no definition and no list of words comes twice, so that every query has one answer. */
    private Map<Integer, List<Synset>> byDomain(List<Synset> synsets) {
        Set<String> glosses = new HashSet<>();
        Set<String> documents = new HashSet<>();
        List<Synset> shuffled = new ArrayList<>(synsets);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.stream()
                .filter(synset -> glosses.add(synset.gloss()) && documents.add(synset.document()))
                .collect(Collectors.groupingBy(Synset::domain, TreeMap::new, Collectors.toList()));
    }

    private static Example example(Synset synset) {
        return new Example(
                "wn31-" + synset.id(),
                synset.gloss(),
                synset.document(),
                List.of(),
                Optional.empty(),
                DOMAINS.get(synset.domain()));
    }

    private static List<Synset> synsets() {
        return Stream.of("noun", "verb", "adj", "adv")
                .flatMap(part -> lines("data." + part).stream())
                .flatMap(line -> Synset.parse(line).stream())
                .toList();
    }

    private static List<String> lines(String file) {
        try (InputStream in = open(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Optional.ofNullable(WordNetSource.class.getResourceAsStream(FOLDER + file))
                .orElseThrow(() -> new IllegalStateException("WordNet is not on the class path: " + file));
    }
}
