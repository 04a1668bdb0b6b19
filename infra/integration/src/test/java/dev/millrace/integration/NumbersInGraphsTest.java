package dev.millrace.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.millrace.devstack.options.Home;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A graph that reads a number which DJL has freed has a wrong gradient, now and then: decision 0083. */
class NumbersInGraphsTest {
    /** What keeps its operand for the way back; sums keep nothing, and what compares is not differentiated. */
    private static final Set<String> KEEPING =
            Set.of("mul", "div", "mod", "pow", "maximum", "minimum", "muli", "divi", "modi", "powi");

    private static final DescribedPredicate<JavaMethodCall> OF_A_NUMBER = DescribedPredicate.describe(
            "of an array and a number, which DJL frees at once",
            call -> call.getTargetOwner().getPackageName().startsWith("ai.djl.")
                    && KEEPING.contains(call.getTarget().getName())
                    && call.getTarget().getRawParameterTypes().stream()
                            .map(JavaClass::getName)
                            .anyMatch(Number.class.getName()::equals));

    @Test
    void arraysMeetNumbersOnlyInScalars() {
        noClasses()
                .should()
                .callMethodWhere(OF_A_NUMBER)
                .check(new ClassFileImporter()
                        .importPath(Home.find().root().resolve("common/embedding/target/classes")));
    }
}
