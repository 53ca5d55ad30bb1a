package dev.flagstream.udf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.common.Configurable;

/** What the functions may use: the less, the fewer surprises in somebody else's server. */
@AnalyzeClasses(packagesOf = IsFraud.class, importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

  @ArchTest
  static final ArchRule JDK_AND_UDF_API_AND_WHAT_IS_BUNDLED_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(
                      "dev.flagstream.udf..",
                      "java..",
                      "javax.crypto..",
                      "io.confluent.ksql.function.udf",
                      "io.confluent.ksql.function.udaf",
                      "org.apache.kafka.connect.data",
                      "com.fasterxml.jackson.core..",
                      "com.github.davidmoten.aws.lw.client")
                  .or(JavaClass.Predicates.equivalentTo(Configurable.class)));

  @ArchTest
  static final ArchRule MODELS_AND_FEATURES_KNOW_NOTHING_OF_EACH_OTHER =
      slices()
          .matching("dev.flagstream.udf.(*)..")
          .namingSlices("$1")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule WHAT_BOTH_USE_KNOWS_NEITHER =
      noClasses()
          .that()
          .resideInAPackage("dev.flagstream.udf")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.flagstream.udf.model..", "dev.flagstream.udf.features..");
}
