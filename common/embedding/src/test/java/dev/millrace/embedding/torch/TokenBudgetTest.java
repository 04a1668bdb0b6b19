package dev.millrace.embedding.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBudgetTest {
    private final List<Integer> tried = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB",
                "[enforce fail] DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes",
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes. Error code 12"
            })
    void workIsDoneAgainWithHalfUntilItFitsAndStaysThere(String message) {
        // Given
        TokenBudget budget = new TokenBudget(4096);
        budget.fit(fitting(1500, message));

        // When
        int used = budget.fit(fitting(1500, message));

        // Then
        assertThat(used).isEqualTo(1024);
        assertThat(tried).containsExactly(4096, 2048, 1024, 1024);
    }

    @Test
    void aDeviceWithoutMemoryForTheSmallestSaysSo() {
        // Given
        TokenBudget budget = new TokenBudget(64);

        // When / Then
        assertThatThrownBy(() -> budget.fit(fitting(1, "CUDA out of memory")))
                .isInstanceOf(EngineException.class)
                .hasMessage("CUDA out of memory");
        assertThat(tried).containsExactly(64, 32, 16);
    }

    @Test
    void anotherFailureIsNotTriedAgain() {
        // Given
        TokenBudget budget = new TokenBudget(64);

        // When / Then
        assertThatThrownBy(() -> budget.fit(fitting(1, "mat1 and mat2 shapes cannot be multiplied")))
                .isInstanceOf(EngineException.class);
        assertThat(tried).containsExactly(64);
    }

    private IntFunction<Integer> fitting(int most, String message) {
        return tokens -> {
            tried.add(tokens);
            if (tokens > most) {
                throw new EngineException(message);
            }
            return tokens;
        };
    }
}
