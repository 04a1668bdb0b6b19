package dev.millrace.integration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.millrace.devstack.options.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The import rules of the design, held over the compiled classes of every module. */
class ArchitectureTest {
    private static final List<String> COMMON =
            List.of("events", "client", "evaluation", "kernels", "embedding", "checkpoints");
    /** Kernels are a part of embedding that needs a compiler setting of its own; the client's callers hold events. */
    private static final Map<String, String> MAY_KNOW = Map.of("embedding", "kernels", "client", "events");
    /** Common, but of the services only: it knows Quarkus and Kafka. */
    private static final String SERVICE = "service";

    private static final List<String> SERVICES = List.of("ingestion", "attribution", "trainer", "encoder");
    /** What services see of embedding and checkpoints; public beyond it is for the rooms of one module. */
    private static final Set<String> FRONT = Set.of(
            "checkpoints.bucket",
            "checkpoints.channel",
            "checkpoints.lineage",
            "checkpoints.pointer",
            "checkpoints.s3.S3Bucket",
            "checkpoints.s3.S3Settings",
            "checkpoints.space",
            "checkpoints.transfer.EarlierDownloads",
            "checkpoints.transfer.LocalFolder",
            "checkpoints.transfer.UnknownVersionException",
            "checkpoints.version",
            "embedding.adapter.AdapterMethod",
            "embedding.adapter.AdapterSettings",
            "embedding.encode.Encoder",
            "embedding.files.ModelFiles",
            "embedding.files.ModelFolder",
            "embedding.files.Safetensors",
            "embedding.model",
            "embedding.model.plan.Place",
            "embedding.network.EncoderOptions",
            "embedding.network.Precision",
            "embedding.network.Processor",
            "embedding.network.Route",
            "embedding.objective.Objectives",
            "embedding.objective.batch",
            "embedding.objective.loss.Matryoshka",
            "embedding.objective.loss.Objective",
            "embedding.objective.view",
            "embedding.objective.view.words",
            "embedding.optim.Anchoring",
            "embedding.optim.NonFiniteStepException",
            "embedding.optim.Optimization",
            "embedding.optim.rule.Optimizer",
            "embedding.optim.StepSettings",
            "embedding.optim.Storage",
            "embedding.space",
            "embedding.text.TextTokenizer",
            "embedding.text.Tokenization",
            "embedding.text.Tokens",
            "embedding.text.UnencodableTextException",
            "embedding.train.Protection",
            "embedding.train.StepResult",
            "embedding.train.TrainableEncoder",
            "embedding.train.TrainingOptions",
            "embedding.train.version");

    private static final DescribedPredicate<JavaClass> BEHIND_THE_FRONT = resideInAnyPackage(
                    "dev.millrace.kernels..", "dev.millrace.embedding..", "dev.millrace.checkpoints..")
            .and(DescribedPredicate.describe("are not of its front", type -> !isFront(type)));

    private static final JavaClasses MILLRACE = compiled();

    private static boolean isFront(JavaClass type) {
        String name = outermost(type.getName()).substring("dev.millrace.".length());
        return FRONT.contains(name) || FRONT.contains(name.substring(0, name.lastIndexOf('.')));
    }

    private static JavaClasses compiled() {
        Path root = Home.find().root();
        List<Path> folders = Stream.concat(
                        Stream.concat(COMMON.stream(), Stream.of(SERVICE))
                                .map(name -> root.resolve("common").resolve(name)),
                        SERVICES.stream().map(name -> root.resolve("services").resolve(name)))
                .map(module -> module.resolve("target/classes"))
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static String[] packagesWithout(List<String> modules, String own) {
        return modules.stream()
                .filter(name -> !name.equals(own))
                .map(ArchitectureTest::packages)
                .toArray(String[]::new);
    }

    private static String packages(String module) {
        return "dev.millrace." + module + "..";
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "attribution", "trainer", "encoder"})
    void servicesNeverImportEachOther(String service) {
        noClasses()
                .that()
                .resideInAPackage(packages(service))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesWithout(SERVICES, service))
                .check(MILLRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "client", "evaluation", "kernels", "embedding", "checkpoints"})
    void commonModulesKnowNeitherEachOtherNorAService(String module) {
        List<String> others = COMMON.stream()
                .filter(name -> !name.equals(MAY_KNOW.get(module)))
                .toList();
        noClasses()
                .that()
                .resideInAPackage(packages(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesWithout(others, module))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesWithout(SERVICES, module))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(packages(SERVICE))
                .check(MILLRACE);
    }

    @Test
    void whatServicesRepeatKnowsNoServiceAndNothingOfModels() {
        noClasses()
                .that()
                .resideInAPackage(packages(SERVICE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesWithout(SERVICES, SERVICE))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("embedding"), packages("kernels"))
                .check(MILLRACE);
    }

    /** A service without a bucket must not need the bucket's client to read its configuration. */
    @Test
    void onlyOneRoomOfWhatServicesRepeatKnowsTheBucket() {
        noClasses()
                .that()
                .resideInAPackage(packages(SERVICE))
                .and()
                .doNotHaveFullyQualifiedName("dev.millrace.service.s3.S3Buckets")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages("checkpoints"))
                .check(MILLRACE);
    }

    @Test
    void servicesDoNotCallEachOtherThroughTheClient() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream().map(ArchitectureTest::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages("client"))
                .check(MILLRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events",
                "service",
                "evaluation",
                "kernels",
                "embedding",
                "checkpoints",
                "ingestion",
                "attribution",
                "trainer",
                "trainer.learning",
                "encoder",
                "encoder.versions"
            })
    void roomsKnowEachOtherInOneDirection(String module) {
        slices().matching("dev.millrace." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(MILLRACE);
    }

    @Test
    void servicesTouchOnlyTheFrontOfWhatCalculatesAndKeeps() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream().map(ArchitectureTest::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat(BEHIND_THE_FRONT)
                .check(MILLRACE);
    }

    @Test
    void commonModulesKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        COMMON.stream().map(ArchitectureTest::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.apache.kafka..")
                .check(MILLRACE);
    }

    @Test
    void learningCodeKnowsNeitherQuarkusNorKafka() {
        noClasses()
                .that()
                .resideInAPackage("dev.millrace.trainer.learning..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "org.apache.kafka..", "jakarta.ws.rs..")
                .check(MILLRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernels", "evaluation"})
    void whatCalculatesKnowsNothingButTheJdk(String module) {
        noClasses()
                .that()
                .resideInAPackage(packages(module))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(packages(module), "java..", "jdk.incubator.vector..", "com.sun.management..")
                .check(MILLRACE);
    }

    @Test
    void restResourcesAreNamedSo() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .should()
                .haveSimpleNameEndingWith("Resource")
                .check(MILLRACE);
    }

    @Test
    void restResourcesTouchNeitherBrokerNorBucket() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "io.minio..")
                        .or(assignableTo("dev.millrace.checkpoints.lineage.CheckpointStore")))
                .check(MILLRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.consumer.KafkaConsumer",
                "org.apache.kafka.clients.producer.KafkaProducer",
                "org.apache.kafka.streams.KafkaStreams"
            })
    void oneClassPerServiceOwnsItsKafkaClient(String client) {
        for (String service : SERVICES) {
            // Given
            String prefix = "dev.millrace." + service + ".";

            // When
            Set<String> owners = MILLRACE.stream()
                    .filter(type -> type.getPackageName().concat(".").startsWith(prefix))
                    .filter(type -> constructs(type, client))
                    .map(type -> outermost(type.getName()))
                    .collect(Collectors.toSet());

            // Then
            assertThat(owners).as(service + " creates a " + client).hasSizeLessThanOrEqualTo(1);
        }
    }

    private static boolean constructs(JavaClass type, String client) {
        return type.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getName().equals(client));
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
