package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.state.DocumentChanges.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentPoolTest {
    private static final DocumentPlace PLACE =
            new DocumentPlace(Optional.of("topic-2"), new TreeMap<>(Map.of(0, 7L, 1, 9L)));

    @TempDir
    Path folder;

    @Test
    void keepsTheNewestAndForgetsWhatIsDeleted() {
        // Given
        DocumentPool pool = new DocumentPool(3);
        pool.take(changes(write("a", "1"), write("b", "2"), write("c", "3"), write("a", "4")));

        // When
        pool.take(changes(write("d", "5"), delete("c")));

        // Then b had to go, a was written anew, and c is deleted
        assertThat(pool.draw(9, new SplittableRandom(1))).containsExactlyInAnyOrder("4", "5");
    }

    @Test
    void anotherTopicBeginsItAnew() {
        // Given
        DocumentPool pool = new DocumentPool(3);
        pool.take(changes(write("a", "1")));

        // When
        pool.take(new DocumentChanges(true, List.of(write("b", "2")), 0, PLACE));

        // Then
        assertThat(pool.draw(9, new SplittableRandom(1))).containsExactly("2");
    }

    @Test
    void isReadAsItWasSaved() throws IOException {
        // Given
        DocumentPool pool = new DocumentPool(9);
        pool.take(changes(write("b", "1"), write("a", "2"), write("10", "3"), write("9", "4")));
        pool.save(folder);

        // When
        DocumentPool read = DocumentPool.load(folder, 9);

        // Then
        assertThat(read.place()).isEqualTo(PLACE);
        assertThat(read.draw(3, new SplittableRandom(5)))
                .isEqualTo(pool.draw(3, new SplittableRandom(5)))
                .hasSize(3);
        assertThat(DocumentPool.load(folder, 2).draw(9, new SplittableRandom(1)))
                .containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void aStateOfBeforeThereWereDocumentsIsABeginning() throws IOException {
        // Given
        new DocumentPool(9).save(folder);

        // When
        DocumentPool read = DocumentPool.load(folder, 9);

        // Then
        assertThat(folder).isEmptyDirectory();
        assertThat(read.place()).isEqualTo(DocumentPlace.BEGINNING);
        assertThat(read.size()).isZero();
    }

    private static Change write(String id, String text) {
        return new Change(id, Optional.of(text));
    }

    private static Change delete(String id) {
        return new Change(id, Optional.empty());
    }

    private static DocumentChanges changes(Change... changes) {
        return new DocumentChanges(false, List.of(changes), 0, PLACE);
    }
}
