package dev.millrace.embedding.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.plan.Attention;
import dev.millrace.embedding.model.plan.FeedForward;
import dev.millrace.embedding.model.plan.Layer;
import dev.millrace.embedding.model.plan.Norms;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Projection;
import dev.millrace.embedding.model.plan.Stack;
import org.junit.jupiter.api.Test;

class StackTest {
    private static final Part SQUARE = Part.linear("square", 4, 4);

    @Test
    void layersOfTwoKindsAreRefused() {
        // Given a feed-forward network that is gated in one of two layers
        FeedForward plain = new FeedForward.Plain(SQUARE, SQUARE);
        FeedForward gated = new FeedForward.Gated(SQUARE, SQUARE, SQUARE);

        // When
        assertThatThrownBy(() -> Stack.of("layers.%d.", 2, number -> layer(number == 0 ? plain : gated)))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layers must all be of one kind");
    }

    private static Layer layer(FeedForward forward) {
        Part norm = Part.norm("norm", 4);
        return new Layer(Attention.of(new Projection.Packed(SQUARE), SQUARE), forward, new Norms.After(norm, norm));
    }
}
