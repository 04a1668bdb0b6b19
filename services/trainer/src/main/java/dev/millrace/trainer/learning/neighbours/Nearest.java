package dev.millrace.trainer.learning.neighbours;

import dev.millrace.trainer.learning.neighbours.Neighbours.Choice;
import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest rows that one vector has met so far, of those it may have. */
final class Nearest {
    static final Comparator<Neighbour> NEAREST_FIRST =
            Comparator.comparingDouble(Neighbour::similarity).reversed().thenComparingInt(Neighbour::row);

    private final int query;
    private final int count;
    private final Choice choice;
    private final PriorityQueue<Neighbour> farthestFirst = new PriorityQueue<>(NEAREST_FIRST.reversed());

    Nearest(int query, int count, Choice choice) {
        this.query = query;
        this.count = count;
        this.choice = choice;
    }

    /** Meets rows {@code first} to {@code first + width - 1}, in the order of the table. */
    void meet(float[] products, int width, int first) {
        for (int i = 0; i < width; i++) {
            if (isNearer(products[i]) && choice.allows(query, first + i, products[i])) {
                farthestFirst.add(new Neighbour(first + i, products[i]));
                if (farthestFirst.size() > count) {
                    farthestFirst.remove();
                }
            }
        }
    }

    /** A row of those that come later gives way to an equally near one. */
    private boolean isNearer(float similarity) {
        return farthestFirst.size() < count
                || (count > 0 && similarity > farthestFirst.element().similarity());
    }

    List<Neighbour> inOrder() {
        return farthestFirst.stream().sorted(NEAREST_FIRST).toList();
    }
}
