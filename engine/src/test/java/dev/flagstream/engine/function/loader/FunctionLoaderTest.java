package dev.flagstream.engine.function.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.type.SqlType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an extension directory is loaded, in what class loader, and what stops the server. */
class FunctionLoaderTest {

  private static final String FRAUD =
      """
      package org.example;
      import io.confluent.ksql.function.udf.*;
      @UdfDescription(name = "is_fraud", category = "FRAUD", description = "Is it?",
          author = "me", version = "0.1")
      public class Fraud {
        @Udf(description = "By amount and place.")
        public Boolean isFraud(
            @UdfParameter(value = "amount", description = "in USD") Double amount,
            @UdfParameter("location") String location) {
          return amount != null && amount > 1000 && !"Chicago".equals(location);
        }
      }
      """;

  @TempDir Path extensions;

  private static Object call(FunctionCatalog functions, String name, Object... arguments)
      throws Throwable {
    List<Argument> types =
        Stream.of(arguments)
            .map(value -> value instanceof Double ? SqlType.DOUBLE : SqlType.STRING)
            .<Argument>map(Argument.Value::new)
            .toList();
    return functions.scalar(name, types).newInvoker(Map.of()).invoke(arguments);
  }

  private static String answering(String className, String expression) {
    return """
        package org.example;
        import io.confluent.ksql.function.udf.*;
        @UdfDescription(name = "%s", description = "")
        public class %s {
          @Udf public String answer() throws Exception { return %s; }
        }
        """
        .formatted(className, className, expression);
  }

  @Test
  void findsFunctionsByTheirAnnotations() throws Throwable {
    Path jar = new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions, "fraud.jar");

    FunctionCatalog functions = FunctionLoader.load(extensions);

    assertThat(call(functions, "Is_Fraud", 2000.0, "Boston")).isEqualTo(true);
    assertThat(call(functions, "IS_FRAUD", 2000.0, "Chicago")).isEqualTo(false);
    assertThat(description(functions, "IS_FRAUD"))
        .isEqualTo(
            new FunctionDescription(
                "IS_FRAUD",
                FunctionCatalog.Kind.SCALAR,
                "FRAUD",
                "Is it?",
                "me",
                "0.1",
                jar.toString(),
                List.of(
                    new FunctionCatalog.Variant(
                        List.of(
                            new FunctionCatalog.Parameter("amount", "DOUBLE", "in USD", false),
                            new FunctionCatalog.Parameter("location", "VARCHAR", "", false)),
                        false,
                        "BOOLEAN",
                        "By amount and place."))));
  }

  private static FunctionDescription description(FunctionCatalog functions, String name) {
    return functions.descriptions().stream()
        .filter(description -> description.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesTheAlternativesOfACallThatFitsNone() throws IOException {
    new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions, "fraud.jar");
    FunctionCatalog functions = FunctionLoader.load(extensions);

    assertThatThrownBy(() -> call(functions, "IS_FRAUD", "Boston", 2000.0))
        .isInstanceOf(FunctionException.class)
        .hasMessage(
            """
            Function 'is_fraud' does not accept parameters (STRING, DOUBLE).
            Valid alternatives are:
            IS_FRAUD(DOUBLE amount, VARCHAR location)
            For detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;""");
  }

  @Test
  void looksIntoTheJarsOfTheDirectoryItselfOnly() throws IOException {
    new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions.resolve("old"), "fraud.jar");
    new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions, "fraud.jar.bak");
    Files.writeString(extensions.resolve("README.txt"), "not a jar");

    assertThat(FunctionLoader.load(extensions).kindOf("IS_FRAUD")).isEmpty();
  }

  @Test
  void doesWithoutAnExtensionDirectory() {
    FunctionCatalog functions = FunctionLoader.load(extensions.resolve("missing"));
    assertThat(functions.kindOf("concat")).contains(FunctionCatalog.Kind.SCALAR);
    assertThat(functions.kindOf("count")).contains(FunctionCatalog.Kind.AGGREGATE);
    assertThat(functions.kindOf("explode")).contains(FunctionCatalog.Kind.TABLE);
    assertThat(functions.kindOf("no_such")).isEmpty();
  }

  @Test
  void eachJarSeesItsOwnClassesBeforeTheServers() throws Throwable {
    String name = "dev.flagstream.engine.function.loader.Answer";
    for (String jar : List.of("One", "Two")) {
      new ExtensionJar()
          .with(
              name,
              "package dev.flagstream.engine.function.loader; public class Answer {"
                  + (" public static final String FROM = \"" + jar + "\".trim(); }"))
          .with("org.example." + jar, answering(jar, name + ".FROM"))
          .in(extensions, jar + ".jar");
    }

    FunctionCatalog functions = FunctionLoader.load(extensions);

    assertThat(call(functions, "ONE")).isEqualTo("One");
    assertThat(call(functions, "TWO")).isEqualTo("Two");
    assertThat(Answer.FROM).isEqualTo("server");
  }

  @Test
  void whatIsSharedWithTheServerComesFromTheServer() throws Throwable {
    String copy = "package org.apache.kafka.common; public interface Configurable { int LIE = 1; }";
    new ExtensionJar()
        .with("org.apache.kafka.common.Configurable", copy)
        .with(
            "org.example.Shared",
            answering(
                "Shared",
                "String.valueOf(org.apache.kafka.common.Configurable.class.getClassLoader()"
                    + " == getClass().getClassLoader())"))
        .in(extensions, "shared.jar");

    assertThat(call(FunctionLoader.load(extensions), "SHARED")).isEqualTo("false");
  }

  @Test
  void aClassFindsTheResourcesOfItsJar() throws Throwable {
    new ExtensionJar()
        .with(
            "org.example.Model",
            answering(
                "Model",
                "new String(Model.class.getResourceAsStream(\"/model.txt\").readAllBytes())"))
        .withResource("model.txt", "weights")
        .in(extensions, "model.jar");

    assertThat(call(FunctionLoader.load(extensions), "MODEL")).isEqualTo("weights");
  }

  @Test
  void readsClassesWithoutRunningThem() throws IOException {
    new ExtensionJar()
        .with("org.example.Bomb", "package org.example; class Bomb { static int x = 1 / 0; }")
        .with("org.example.Fraud", FRAUD)
        .in(extensions, "fraud.jar");

    assertThat(FunctionLoader.load(extensions).kindOf("IS_FRAUD")).isPresent();
  }

  @Test
  void refusesAnnotationsThatAreNotKeptAtRunTime() throws IOException {
    String declarations = "package io.confluent.ksql.function.udf; import java.lang.annotation.*;";
    new ExtensionJar()
        .with(
            "io.confluent.ksql.function.udf.UdfDescription",
            declarations
                + " @Retention(RetentionPolicy.CLASS) public @interface UdfDescription {"
                + " String name(); String description(); }")
        .with("org.example.Vague", answering("Vague", "\"\""))
        .withoutPackage("io.confluent")
        .in(extensions, "vague.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("org.example.Vague")
        .hasMessageContaining("@Retention(RetentionPolicy.RUNTIME)");
  }

  @Test
  void refusesClassesThatNeedANewerJava() throws IOException {
    new ExtensionJar()
        .with("org.example.Fraud", FRAUD)
        .compiledForJava(Runtime.version().feature() + 1)
        .in(extensions, "fraud.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("fraud.jar: the class /org/example/Fraud.class was compiled for Java")
        .hasMessageContaining("--release " + Runtime.version().feature());
  }

  @Test
  void refusesAFileThatIsNoJar() throws IOException {
    Files.writeString(extensions.resolve("broken.jar"), "no zip");
    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("broken.jar");
  }

  @Test
  void refusesTwoVariantsWithEqualSignatures() throws IOException {
    new ExtensionJar()
        .with(
            "org.example.Twice",
            """
            package org.example;
            import io.confluent.ksql.function.udf.*;
            import java.util.List;
            @UdfDescription(name = "twice", description = "")
            public class Twice {
              @Udf public int list(List<Double> values) { return 1; }
              @Udf public int each(Double... values) { return 2; }
            }
            """)
        .in(extensions, "twice.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("TWICE(DOUBLE... values)")
        .hasMessageContaining("same name and parameter types exists already");
  }

  @Test
  void refusesToReplaceAFunctionThatIsThereAlready() throws IOException {
    new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions, "one.jar");
    new ExtensionJar().with("org.example.Fraud", FRAUD).in(extensions, "two.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("two.jar declares IS_FRAUD(DOUBLE amount, VARCHAR location)")
        .hasMessageContaining("one.jar");
  }

  @Test
  void refusesOneNameForTwoKindsOfFunctions() throws IOException {
    new ExtensionJar()
        .with("org.example.count", answering("count", "\"\""))
        .in(extensions, "count.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("declares COUNT as SCALAR function")
        .hasMessageContaining("AGGREGATE");
  }

  @Test
  void refusesAClassWithoutAConstructorToCall() throws IOException {
    new ExtensionJar()
        .with(
            "org.example.Hidden",
            answering("Hidden", "\"\"").replace("@Udf public", "private Hidden() {} @Udf public"))
        .in(extensions, "hidden.jar");

    assertThatThrownBy(() -> FunctionLoader.load(extensions))
        .isInstanceOf(FunctionLoadException.class)
        .hasMessageContaining("org.example.Hidden")
        .hasMessageContaining("needs a public constructor without parameters");
  }

  @Test
  void skipsOnlyTheMethodsThatCannotBeFunctions() throws Throwable {
    new ExtensionJar()
        .withoutParameterNames()
        .with(
            "org.example.Partly",
            """
            package org.example;
            import io.confluent.ksql.function.udf.*;
            @UdfDescription(name = "partly", description = "")
            public class Partly {
              @Udf public String unnamed(Double value) { return "unnamed"; }
              @Udf public String noSqlType(@UdfParameter("c") char c) { return "char"; }
              @Udf public org.apache.kafka.connect.data.Struct noSchema() { return null; }
              @Udf public String good(@UdfParameter("text") String text) { return text; }
            }
            """)
        .in(extensions, "partly.jar");

    FunctionCatalog functions = FunctionLoader.load(extensions);

    assertThat(call(functions, "PARTLY", "fine")).isEqualTo("fine");
    assertThat(description(functions, "PARTLY").variants()).hasSize(1);
  }
}
