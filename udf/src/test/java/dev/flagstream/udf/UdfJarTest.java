package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.common.Configurable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, as a server meets it in its extension directory. Runs after packaging. */
class UdfJarTest {

  private static final File JAR = new File(System.getProperty("flagstream.udf.jar"));
  private static final int JAVA_17_CLASS_FILE = 61;

  @Test
  void holdsOurClassesOnly() throws IOException {
    assertThat(classEntries())
        .extracting(JarEntry::getName)
        .isNotEmpty()
        .allMatch(name -> name.startsWith("dev/flagstream/udf/"));
  }

  @Test
  void holdsNoServicesAndNoVersionedClasses() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.stream())
          .extracting(JarEntry::getName)
          .noneMatch(name -> name.startsWith("META-INF/services/"))
          .noneMatch(name -> name.startsWith("META-INF/versions/"));
    }
  }

  @Test
  void keepsTheLicenceOfWhatItBundles() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
    }
  }

  @Test
  void loadsOnJava17() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      for (JarEntry entry : classEntries()) {
        try (DataInputStream classFile = new DataInputStream(jar.getInputStream(entry))) {
          assertThat(classFile.readInt()).isEqualTo(0xCAFEBABE);
          classFile.readUnsignedShort();
          assertThat(classFile.readUnsignedShort())
              .as(entry.getName())
              .isLessThanOrEqualTo(JAVA_17_CLASS_FILE);
        }
      }
    }
  }

  @Test
  void worksInAClassLoaderThatKnowsNothingButTheUdfApi() throws Exception {
    try (URLClassLoader server =
        new URLClassLoader(new URL[] {JAR.toURI().toURL()}, new UdfApiOnly())) {
      Class<?> rejectionReason = server.loadClass("dev.flagstream.udf.RejectionReason");
      Method variant = rejectionReason.getMethod("rejectionReason", String.class);
      Object function = rejectionReason.getConstructor().newInstance();

      assertThat(variant.invoke(function, "no json")).isEqualTo("NOT_JSON");
      assertThat(variant.invoke(function, "{\"amount\":1e99999999999}")).isEqualTo("NOT_JSON");
      assertThat(variant.invoke(function, "{}")).isEqualTo("MISSING transaction_id");
      assertThat(
              Arrays.stream(rejectionReason.getAnnotations())
                  .map(Annotation::annotationType)
                  .map(Class::getName))
          .contains("io.confluent.ksql.function.udf.UdfDescription");
    }
  }

  @Test
  void configuresItselfThroughKafkasInterface() throws Exception {
    try (URLClassLoader server =
        new URLClassLoader(new URL[] {JAR.toURI().toURL()}, new UdfApiOnly())) {
      Class<?> isFraud = server.loadClass("dev.flagstream.udf.IsFraud");
      Object function = isFraud.getConstructor().newInstance();

      ((Configurable) function).configure(Map.of("ksql.functions._global_.amount.threshold", "10"));

      assertThat(
              isFraud.getMethod("isFraud", Double.class, String.class).invoke(function, 10.0, null))
          .isEqualTo(true);
    }
  }

  @Test
  void scoresWithNothingButItself(@TempDir Path models) throws Exception {
    try (URLClassLoader server =
            new URLClassLoader(new URL[] {JAR.toURI().toURL()}, new UdfApiOnly());
        InputStream mojo = getClass().getResourceAsStream("model/logistic.zip")) {
      Class<?> reader = server.loadClass("dev.flagstream.udf.model.Mojo");
      Object model =
          reader
              .getMethod("read", Path.class, byte[].class)
              .invoke(null, Path.of("logistic.zip"), mojo.readAllBytes());
      Class<?> type = server.loadClass("dev.flagstream.udf.model.Model");
      assertThat(type.getMethod("score", double[].class).invoke(model, new double[35]))
          .isInstanceOfSatisfying(Double.class, score -> assertThat(score).isBetween(0.0, 1.0));

      Object fraudScore =
          server.loadClass("dev.flagstream.udf.model.FraudScore").getConstructor().newInstance();
      assertThatThrownBy(
              () ->
                  ((Configurable) fraudScore)
                      .configure(Map.of("ksql.functions._global_.model.dir", models.toString())))
          .hasMessageContaining("there is no directory with a manifest.json in it");
    }
  }

  private static List<JarEntry> classEntries() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<JarEntry> classes = new ArrayList<>();
      jar.stream().filter(entry -> entry.getName().endsWith(".class")).forEach(classes::add);
      return classes;
    }
  }

  /** Shows of the test's class path what ksqlDB always takes from itself, and nothing else. */
  private static final class UdfApiOnly extends ClassLoader {

    UdfApiOnly() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("io.confluent.") || name.startsWith("org.apache.kafka.")) {
        return UdfJarTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
