package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.builtin.BuiltInFunctions;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads functions by their annotations: the built-in ones from their own package, and those of an
 * extension directory from its jars, as ksqlDB does.
 */
public final class FunctionLoader {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionLoader.class);

  /** The origin of built-in functions that SHOW and DESCRIBE print. */
  private static final String INTERNAL = "internal";

  private final LoadedFunctions functions = new LoadedFunctions();

  private FunctionLoader() {}

  /** The functions that need no extension. */
  public static FunctionCatalog builtIn() {
    return withBuiltIns().functions;
  }

  /**
   * The built-in functions and those of an extension directory.
   *
   * @param extensionDirectory its {@code *.jar} files are read, not those of its folders; without
   *     such a directory there are just no extensions
   * @throws FunctionLoadException if a jar cannot be read, has a class that needs a newer Java, or
   *     declares a function that exists already
   */
  public static FunctionCatalog load(Path extensionDirectory) {
    FunctionLoader loader = withBuiltIns();
    for (Path jar : jars(extensionDirectory)) {
      loader.addJar(jar);
    }
    return loader.functions;
  }

  private static FunctionLoader withBuiltIns() {
    FunctionLoader loader = new FunctionLoader();
    ClassLoader own = FunctionLoader.class.getClassLoader();
    AnnotatedClasses.beside(BuiltInFunctions.class)
        .forEach(name -> loader.addClass(name, own, INTERNAL));
    return loader;
  }

  private static List<Path> jars(Path directory) {
    if (!Files.isDirectory(directory)) {
      LOG.info("No extensions: {} is no directory", directory);
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new FunctionLoadException("Cannot list the extension directory " + directory, e);
    }
  }

  private void addJar(Path jar) {
    List<String> names = AnnotatedClasses.inJar(jar);
    try {
      // Stays open as long as the server runs: its functions load further classes when called.
      ExtensionClassLoader classes =
          new ExtensionClassLoader(jar, FunctionLoader.class.getClassLoader());
      names.forEach(name -> addClass(name, classes, jar.toString()));
    } catch (IOException e) {
      throw new FunctionLoadException("Cannot read the extension " + jar, e);
    }
    LOG.info("Loaded {} function classes from {}", names.size(), jar);
  }

  private void addClass(String className, ClassLoader classes, String path) {
    try {
      Class<?> owner = Class.forName(className, false, classes);
      addScalar(owner, path);
      addAggregate(owner, path);
      addTable(owner, path);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new FunctionLoadException("Cannot load " + className + " of " + path + ": " + e, e);
    }
  }

  private void addScalar(Class<?> owner, String path) {
    UdfDescription d = owner.getAnnotation(UdfDescription.class);
    if (d == null) {
      return;
    }
    requireConstructor(owner, path);
    Description description =
        new Description(d.name(), d.category(), d.description(), d.author(), d.version(), path);
    for (Method method : methods(owner, Udf.class)) {
      Udf udf = method.getAnnotation(Udf.class);
      addUnlessBroken(
          method,
          description,
          () -> {
            MethodDeclaration declaration =
                MethodDeclaration.read(
                    owner,
                    method,
                    method.getGenericReturnType(),
                    udf.schema(),
                    udf.schemaProvider());
            functions.add(
                description,
                new ScalarVariant(description.sqlName(), declaration, udf.description()));
          });
    }
  }

  private void addAggregate(Class<?> owner, String path) {
    UdafDescription d = owner.getAnnotation(UdafDescription.class);
    if (d == null) {
      return;
    }
    Description description =
        new Description(d.name(), d.category(), d.description(), d.author(), d.version(), path);
    for (Method method : methods(owner, UdafFactory.class)) {
      UdafFactory factory = method.getAnnotation(UdafFactory.class);
      addUnlessBroken(
          method,
          description,
          () ->
              functions.add(
                  description, AggregateVariant.read(description.name(), method, factory)));
    }
  }

  private void addTable(Class<?> owner, String path) {
    UdtfDescription d = owner.getAnnotation(UdtfDescription.class);
    if (d == null) {
      return;
    }
    requireConstructor(owner, path);
    Description description =
        new Description(d.name(), d.category(), d.description(), d.author(), d.version(), path);
    for (Method method : methods(owner, Udtf.class)) {
      Udtf udtf = method.getAnnotation(Udtf.class);
      addUnlessBroken(
          method,
          description,
          () -> {
            MethodDeclaration declaration =
                MethodDeclaration.read(
                    owner,
                    method,
                    TableVariant.rowType(method.getGenericReturnType()),
                    udtf.schema(),
                    udtf.schemaProvider());
            functions.add(
                description,
                new TableVariant(description.sqlName(), declaration, udtf.description()));
          });
    }
  }

  private static void requireConstructor(Class<?> owner, String path) {
    boolean hasConstructor =
        Arrays.stream(owner.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
    if (!hasConstructor) {
      throw new FunctionLoadException(
          owner.getName() + " of " + path + " needs a public constructor without parameters");
    }
  }

  /** Reflection gives no order; DESCRIBE and the reference table need one. */
  private static List<Method> methods(Class<?> owner, Class<? extends Annotation> annotation) {
    return Arrays.stream(owner.getMethods())
        .filter(method -> method.isAnnotationPresent(annotation))
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
  }

  private interface Addition {
    void run() throws DeclarationException;
  }

  private static void addUnlessBroken(Method method, Description description, Addition addition) {
    try {
      addition.run();
    } catch (DeclarationException e) {
      if (description.path().equals(INTERNAL)) {
        throw new IllegalStateException(method + ": " + e.getMessage(), e);
      }
      LOG.warn(
          "Skipped {} of function {} in {}: {}",
          method,
          description.sqlName(),
          description.path(),
          e.getMessage());
    }
  }
}
