package dev.millrace.deploy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The keys that a service's {@code @ConfigMapping} interfaces declare. Read from the sources, because the chart may not depend on the
 * services and yet must fail when one renames a key.
 */
final class ConfigKeys {
    private static final Path COMMON = Repository.ROOT.resolve("common/service/src/main/java");

    private final Map<String, ClassTree> interfaces = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> required = new TreeSet<>();

    private ConfigKeys(final List<CompilationUnitTree> units) {
        units.forEach(unit -> unit.accept(new Interfaces(), interfaces));
        interfaces.values().forEach(type -> argument(type.getModifiers().getAnnotations(), "ConfigMapping", "prefix")
                .ifPresent(prefix -> collect(type, prefix)));
    }

    static Path sources(final String service) {
        return Repository.ROOT.resolve("services").resolve(service).resolve("src/main/java");
    }

    static ConfigKeys of(final String service) {
        final List<CompilationUnitTree> units = parsed(sources(service));
        units.addAll(parsed(COMMON));
        return new ConfigKeys(units);
    }

    private static List<CompilationUnitTree> parsed(final Path sources) {
        final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            final List<Path> paths = Repository.filesBelow(sources).stream()
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
            final JavacTask task = (JavacTask) compiler.getTask(
                    Writer.nullWriter(),
                    files,
                    found,
                    List.of("-proc:none"),
                    List.of(),
                    files.getJavaFileObjectsFromPaths(paths));
            final List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> known() {
        return known;
    }

    Set<String> required() {
        return required;
    }

    static String environmentName(final String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private void collect(final ClassTree type, final String prefix) {
        type.getImplementsClause().forEach(inherited -> collect(interfaces.get(simple(inherited)), prefix));
        for (final Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                collect(method, prefix);
            }
        }
    }

    private void collect(final MethodTree method, final String prefix) {
        final List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
        final String name = argument(annotations, "WithName", "value")
                .orElseGet(() -> kebab(method.getName().toString()));
        final String key = prefix + "." + name;
        final String type = method.getReturnType().toString();
        final String element = type.replaceAll("^(?:java\\.util\\.)?Optional<(.*)>$", "$1");
        if (interfaces.containsKey(element)) {
            collect(interfaces.get(element), key);
            return;
        }
        known.add(key);
        if (!type.matches(".*(Optional|Map).*")
                && argument(annotations, "WithDefault", "value").isEmpty()) {
            required.add(key);
        }
    }

    private static Optional<String> argument(
            final List<? extends AnnotationTree> annotations, final String annotation, final String argument) {
        return annotations.stream()
                .filter(found -> found.getAnnotationType().toString().endsWith(annotation))
                .flatMap(found -> found.getArguments().stream())
                .flatMap(given -> value(given, argument).stream())
                .findFirst();
    }

    /** The parser leaves {@code @WithName("x")} as the bare value: it has not been told that this means {@code value = "x"}. */
    private static Optional<String> value(final ExpressionTree given, final String argument) {
        if (given instanceof AssignmentTree assignment) {
            return assignment.getVariable().toString().equals(argument)
                    ? Optional.of(literal(assignment.getExpression()))
                    : Optional.empty();
        }
        return argument.equals("value") ? Optional.of(literal(given)) : Optional.empty();
    }

    private static String literal(final ExpressionTree expression) {
        return expression instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : expression.toString();
    }

    private static String simple(final Tree name) {
        return name.toString().replaceFirst(".*\\.", "");
    }

    private static String kebab(final String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static final class Interfaces extends TreeScanner<Void, Map<String, ClassTree>> {
        @Override
        public Void visitClass(final ClassTree type, final Map<String, ClassTree> found) {
            if (type.getKind() == Tree.Kind.INTERFACE) {
                found.put(type.getSimpleName().toString(), type);
            }
            return super.visitClass(type, found);
        }
    }
}
