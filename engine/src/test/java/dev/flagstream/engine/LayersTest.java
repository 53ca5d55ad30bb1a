package dev.flagstream.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The packages of the engine use each other one way only.
 *
 * <p>{@code archunit.properties} says not to look into libraries: the rules are about our own
 * packages, and that takes seconds instead of a minute.
 */
class LayersTest {

  private static final String ROOT = "dev.flagstream.engine";

  @Test
  void layersUseOnlyWhatIsBelowThem() {
    JavaClasses engine =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("type")
        .definedBy(ROOT + ".type..")
        .layer("value")
        .definedBy(ROOT + ".value..")
        .layer("ast")
        .definedBy(ROOT + ".ast")
        .layer("printing")
        .definedBy(ROOT + ".ast.print..")
        .layer("parser")
        .definedBy(ROOT + ".parser..")
        .layer("function")
        .definedBy(ROOT + ".function..")
        .layer("catalog")
        .definedBy(ROOT + ".catalog..")
        .layer("expression")
        .definedBy(ROOT + ".expression..")
        .layer("plan")
        .definedBy(ROOT + ".plan..")
        .layer("planner")
        .definedBy(ROOT + ".planner..")
        .layer("format")
        .definedBy(ROOT + ".format..")
        .layer("topology")
        .definedBy(ROOT + ".topology..")
        .layer("runtime")
        .definedBy(ROOT + ".runtime..")
        .layer("statement")
        .definedBy(ROOT + ".statement..")
        .layer("server")
        .definedBy(ROOT + ".server..")
        .layer("shell")
        .definedBy(ROOT + ".shell..")
        .layer("offline")
        .definedBy(ROOT + ".offline..")
        .layer("scenario")
        .definedBy(ROOT + ".scenario..")
        .whereLayer("type")
        .mayNotAccessAnyLayer()
        .whereLayer("value")
        .mayOnlyAccessLayers("type")
        .whereLayer("shell")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("scenario")
        .mayNotBeAccessedByAnyLayer()
        // Scenarios show rows as the server's answers do.
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("scenario")
        .whereLayer("offline")
        .mayOnlyBeAccessedByLayers("scenario")
        .whereLayer("statement")
        .mayOnlyBeAccessedByLayers("server", "offline")
        .whereLayer("runtime")
        .mayOnlyBeAccessedByLayers("statement", "server", "offline")
        .whereLayer("topology")
        .mayOnlyBeAccessedByLayers("runtime", "statement", "offline", "scenario")
        .whereLayer("format")
        .mayOnlyBeAccessedByLayers("topology", "runtime", "statement", "server", "offline")
        .whereLayer("planner")
        .mayOnlyBeAccessedByLayers("topology", "format", "runtime", "statement", "offline")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers(
            "planner", "topology", "format", "runtime", "statement", "offline")
        .whereLayer("expression")
        .mayOnlyBeAccessedByLayers(
            "plan", "planner", "topology", "format", "runtime", "statement", "server", "offline")
        .whereLayer("parser")
        .mayOnlyBeAccessedByLayers("printing", "statement", "shell", "offline", "scenario")
        .check(engine);
  }

  @Test
  void noPackagesNeedEachOther() {
    JavaClasses engine =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(engine);
  }

  /** SQL's types are data; what their values are in Java is the business of {@code value}. */
  @Test
  void whatIsWrittenAndItsTypesKnowNothingOfKafka() {
    JavaClasses engine =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".type..",
            ROOT + ".ast..",
            ROOT + ".parser..",
            ROOT + ".catalog..",
            ROOT + ".plan..",
            ROOT + ".planner..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(engine);
  }

  @Test
  void whatStatementsMeanKnowsNothingOfKafkaStreams() {
    JavaClasses engine = new ClassFileImporter().importPackages(ROOT);

    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".type..",
            ROOT + ".value..",
            ROOT + ".ast..",
            ROOT + ".parser..",
            ROOT + ".function..",
            ROOT + ".catalog..",
            ROOT + ".expression..",
            ROOT + ".plan..",
            ROOT + ".planner..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(engine);
  }
}
