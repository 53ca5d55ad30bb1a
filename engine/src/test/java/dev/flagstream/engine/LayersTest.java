package dev.flagstream.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
        .layer("server")
        .definedBy(ROOT + ".server..", ROOT + ".statement..")
        .layer("shell")
        .definedBy(ROOT + ".shell..")
        .whereLayer("shell")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("shell")
        .whereLayer("runtime")
        .mayOnlyBeAccessedByLayers("server", "shell")
        .whereLayer("topology")
        .mayOnlyBeAccessedByLayers("runtime", "server", "shell")
        .whereLayer("format")
        .mayOnlyBeAccessedByLayers("topology", "runtime", "server", "shell")
        .whereLayer("planner")
        .mayOnlyBeAccessedByLayers("topology", "format", "runtime", "server", "shell")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("planner", "topology", "format", "runtime", "server", "shell")
        .whereLayer("expression")
        .mayOnlyBeAccessedByLayers(
            "plan", "planner", "topology", "format", "runtime", "server", "shell")
        .whereLayer("parser")
        .mayOnlyBeAccessedByLayers("printing", "runtime", "server", "shell")
        .check(engine);
  }

  @Test
  void whatStatementsMeanKnowsNothingOfKafkaStreams() {
    JavaClasses engine = new ClassFileImporter().importPackages(ROOT);

    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".type..",
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
