package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Lines.Line;
import dev.millrace.evaluation.retrieval.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder as BEIR has them: {@code corpus.jsonl} ({@code _id}, {@code title}?, {@code text}), {@code queries.jsonl} ({@code _id},
 * {@code text}) and judgements of one split, {@code qrels/SPLIT.tsv} or {@code qrels.tsv}.
 */
final class RetrievalFolder {
    static final String CORPUS = "corpus.jsonl";
    static final String QUERIES = "queries.jsonl";
    private static final String TEST = "test";

    private final Path folder;
    private final Map<String, Integer> documents = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Set<Integer>> byText = new HashMap<>();
    private int unknown;

    private RetrievalFolder(Path folder) {
        this.folder = folder;
    }

    static Data read(Path folder, Optional<String> split) {
        return new RetrievalFolder(folder).read(split);
    }

    private Data read(Optional<String> split) {
        each(folder.resolve(CORPUS), this::document);
        Map<String, String> queries = new LinkedHashMap<>();
        each(folder.resolve(QUERIES), line -> query(line, queries));
        Map<String, Map<Integer, Float>> judged = judged(qrels(split), queries);
        List<String> asked = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        judged.forEach((id, grades) -> {
            String text = queries.get(id);
            Question question = Question.of(grades, byText.getOrDefault(text, Set.of()));
            if (question.answerable()) {
                asked.add(text);
                questions.add(question);
            }
        });
        if (questions.isEmpty()) {
            throw new UnreadableDataException(folder, "no judgement names a query and a document that are there");
        }
        return new Data.Retrieval(
                name(), Kind.RETRIEVAL, asked, texts, questions, notes(queries.size() - questions.size()));
    }

    private String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    private static void each(Path file, java.util.function.Consumer<JsonLine> reader) {
        Lines.of(file).forEach(line -> reader.accept(JsonLine.of(line)));
    }

    private void document(JsonLine line) {
        String text = Stream.concat(line.optionalText("title").stream(), line.optionalText("text").stream())
                .reduce((title, body) -> title + " " + body)
                .orElse("");
        if (documents.putIfAbsent(line.name(Names.ID), texts.size()) != null) {
            throw line.line().refused("_id: is there twice");
        }
        byText.computeIfAbsent(text, t -> new HashSet<>()).add(texts.size());
        texts.add(text);
    }

    private static void query(JsonLine line, Map<String, String> queries) {
        if (queries.putIfAbsent(line.name(Names.ID), line.text(List.of("text"))) != null) {
            throw line.line().refused("_id: is there twice");
        }
    }

    private Path qrels(Optional<String> split) {
        Path several = folder.resolve("qrels");
        Path one = folder.resolve("qrels.tsv");
        if (!Files.isDirectory(several)) {
            return one;
        }
        Path wanted = several.resolve(split.orElse(TEST) + ".tsv");
        if (split.isPresent() || Files.exists(wanted)) {
            return wanted;
        }
        try (Stream<Path> files = Files.list(several)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            throw new UnreadableDataException(several, "has " + found.size() + " splits; say which with --split NAME");
        } catch (IOException e) {
            throw new UnreadableDataException(several, "cannot be read: " + e);
        }
    }

    private Map<String, Map<Integer, Float>> judged(Path file, Map<String, String> queries) {
        Map<String, Map<Integer, Float>> judged = new LinkedHashMap<>();
        List<Line> lines = Lines.of(file);
        for (int i = 0; i < lines.size(); i++) {
            Optional<Judgement> read = Judgement.of(lines.get(i), i == 0);
            if (read.isPresent()) {
                Judgement judgement = read.get();
                Integer document = documents.get(judgement.document());
                if (document == null || !queries.containsKey(judgement.query())) {
                    unknown++;
                } else {
                    judged.computeIfAbsent(judgement.query(), query -> new HashMap<>())
                            .merge(document, judgement.grade(), Math::max);
                }
            }
        }
        return judged;
    }

    private List<String> notes(int unasked) {
        List<String> notes = new ArrayList<>();
        if (unasked > 0) {
            notes.add(unasked + " queries are not asked: nothing but their own text was judged to answer them");
        }
        if (unknown > 0) {
            notes.add(unknown + " judgements are left out: they name a query or a document that is not there");
        }
        return notes;
    }
}
