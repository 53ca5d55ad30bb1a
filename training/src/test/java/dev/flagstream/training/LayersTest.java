package dev.flagstream.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "dev.flagstream.training";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void noPackageIsInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void onlyTheProcessOfItsOwnUsesH2o() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".h2o.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("hex..", "water..")
        .check(OURS);
  }

  @Test
  void theBatchFeaturesShareNothingWithTheAggregateFunctions() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".batch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.flagstream.udf..", "dev.flagstream.engine..")
        .check(OURS);
  }

  @Test
  void whatIsComputedKnowsNothingOfCommandsAndPages() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".metrics..",
            ROOT + ".table..",
            ROOT + ".calibration..",
            ROOT + ".batch..",
            ROOT + ".model..",
            ROOT + ".h2o..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".page..", ROOT + ".run..", "picocli..")
        .check(OURS);
  }
}
