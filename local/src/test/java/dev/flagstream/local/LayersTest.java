package dev.flagstream.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final String ROOT = "dev.flagstream.local";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void noPackageIsInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(OURS);
  }

  /** The generator has no such test of its own. */
  @Test
  void noPackageOfTheGeneratorIsInACircle() {
    JavaClasses generator =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.flagstream.generator");

    slices().matching("dev.flagstream.generator.(**)").should().beFreeOfCycles().check(generator);
  }

  @Test
  void onlyTheCommandLineKnowsItsCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".command..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".command..")
        .check(OURS);
  }

  @Test
  void thePartsKnowNothingOfWhatIsShownOrAccountedFor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".broker..",
            ROOT + ".sql..",
            ROOT + ".connect..",
            ROOT + ".store..",
            ROOT + ".settings..",
            ROOT + ".component..",
            ROOT + ".failure..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".stack..", ROOT + ".demo..", ROOT + ".view..", ROOT + ".ledger..")
        .check(OURS);
  }

  @Test
  void theLedgerSharesNothingWithWhatItAudits() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.flagstream.engine..", "dev.flagstream.udf..")
        .check(OURS);
  }
}
