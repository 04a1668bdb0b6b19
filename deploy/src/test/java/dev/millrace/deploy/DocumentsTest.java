package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository's documents say of each other. */
final class DocumentsTest {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Path DECISIONS = Repository.ROOT.resolve("docs/decisions");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    /** A row of the threads' table: the name up to what differs from one to the next, such as a version. */
    private static final Pattern THREAD = Pattern.compile("(?m)^\\|[^|`]*\\| `([a-z]+(?:-[a-z]+)*-?)[A-Z]*`");

    private static final int LINE = 120;
    private static final Pattern NUMBERED = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md");

    @Test
    void everyLinkLeadsSomewhere() {
        // Given
        final List<Path> documents = documents();

        // When
        final List<String> broken =
                documents.stream().flatMap(DocumentsTest::brokenLinks).toList();

        // Then
        assertThat(documents).contains(Repository.ROOT.resolve("README.md"));
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionHasNumberDateStatusAndItsReasons() {
        // Given
        final List<Path> decisions = decisions();

        // When
        final List<String> numbers = decisions.stream()
                .map(file -> file.getFileName().toString().substring(0, 4))
                .toList();

        // Then
        assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
        assertThat(Integer.parseInt(numbers.get(numbers.size() - 1)))
                .as("numbers without a gap")
                .isEqualTo(numbers.size());
        assertThat(decisions).allSatisfy(file -> assertThat(Repository.read(file))
                .startsWith("# " + file.getFileName().toString().substring(0, 4) + ": ")
                .containsPattern("(?m)^Date: \\d{4}-\\d{2}-\\d{2}[^.]*\\. Status: (accepted|replaced by \\[)")
                .contains("\n## Context\n", "\n## Decision\n", "\n## Rejected\n", "\n## Evidence\n"));
    }

    @Test
    void everyDecisionIsInTheIndex() {
        // Given
        final String index = Repository.read(DECISIONS.resolve("README.md"));

        // When
        final List<Path> decisions = decisions();

        // Then
        assertThat(decisions).allSatisfy(file -> assertThat(index)
                .contains("](" + file.getFileName() + ") | " + title(file).replaceFirst("^\\d{4}: ", "") + " |"));
    }

    @Test
    void everyThreadIsOneThatTheCodeNames() {
        // Given
        final String sources = Stream.of("services", "common")
                .map(Repository.ROOT::resolve)
                .flatMap(folder -> Repository.filesBelow(folder).stream())
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Repository::read)
                .collect(Collectors.joining());

        // When
        final List<String> threads = THREAD.matcher(Repository.read(DECISIONS.resolve("README.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        // Then
        assertThat(threads).hasSizeGreaterThan(10).allSatisfy(thread -> assertThat(sources)
                .contains('"' + thread));
    }

    /** A table's row cannot be wrapped, nor can what is to be copied. */
    @Test
    void linesEndWhereADiffCanBeRead() {
        // Given
        final List<Path> documents = documents();

        // When
        final List<String> tooLong = documents.stream()
                .flatMap(document -> prose(document)
                        .lines()
                        .filter(line -> line.length() > LINE && !line.startsWith("|") && !line.contains("](http"))
                        .map(line -> Repository.ROOT.relativize(document) + ": " + line))
                .toList();

        // Then
        assertThat(tooLong).isEmpty();
    }

    private static Stream<String> brokenLinks(final Path document) {
        return LINK.matcher(prose(document)).results().flatMap(link -> {
            final Path target = link.group(1).isEmpty()
                    ? document
                    : document.getParent().resolve(link.group(1)).normalize();
            final boolean there = Files.exists(target)
                    && (link.group(2) == null || anchors(target).contains(link.group(2)));
            return there ? Stream.empty() : Stream.of(Repository.ROOT.relativize(document) + ": " + link.group());
        });
    }

    /** The names that GitHub gives a document's headings; a folder stands for its README. */
    private static List<String> anchors(final Path target) {
        final Path document = Files.isDirectory(target) ? target.resolve("README.md") : target;
        return HEADING.matcher(prose(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String prose(final Path document) {
        return FENCED.matcher(Repository.read(document)).replaceAll("");
    }

    private static String title(final Path document) {
        return Repository.read(document).lines().findFirst().orElseThrow().substring(2);
    }

    private static List<Path> decisions() {
        return Repository.filesBelow(DECISIONS).stream()
                .filter(file -> NUMBERED.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    private static List<Path> documents() {
        final List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(Repository.ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
