package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The functions of this module, found as a server finds them: by their annotations. */
final class DeployedFunctions {

  private DeployedFunctions() {}

  /** All classes with {@link UdfDescription}, in the order of their SQL names. */
  static List<Class<?>> all() {
    try (Stream<Path> files = Files.walk(classes())) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .<Class<?>>map(DeployedFunctions::load)
          .filter(type -> type.isAnnotationPresent(UdfDescription.class))
          .sorted(Comparator.comparing(DeployedFunctions::nameOf))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String nameOf(Class<?> function) {
    return function.getAnnotation(UdfDescription.class).name();
  }

  /** The variants of a function, those with fewer parameters first. */
  static List<Method> variantsOf(Class<?> function) {
    return Arrays.stream(function.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Udf.class))
        .sorted(
            Comparator.comparingInt(Method::getParameterCount)
                .thenComparing(method -> Arrays.toString(method.getParameterTypes())))
        .toList();
  }

  private static Path classes() {
    try {
      return Path.of(IsFraud.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(Path classFile) {
    String name = classes().relativize(classFile).toString();
    try {
      return Class.forName(
          name.substring(0, name.length() - ".class".length())
              .replace(classFile.getFileSystem().getSeparator(), "."));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
