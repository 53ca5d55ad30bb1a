package dev.flagstream.local.docs;

import static java.util.stream.Collectors.toMap;

import dev.flagstream.local.docs.Documents.Document;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** A static method that a document shows, to be called as its readers would. */
public final class ShownMethod implements AutoCloseable {

  private final URLClassLoader classes;
  private final Method method;

  private ShownMethod(URLClassLoader classes, Method method) {
    this.classes = classes;
    this.method = method;
  }

  /**
   * Compiles it.
   *
   * @param document its path from the project's folder
   * @param name the method's
   * @param folder an empty one, for the class
   */
  public static ShownMethod compiled(String document, String name, Path folder) throws Exception {
    Path path = Documents.PROJECT.resolve(document);
    String block =
        new Document(path, Documents.text(path))
            .blocks("java").stream()
                .filter(each -> each.startsWith("static ") && each.contains(" " + name + "("))
                .findFirst()
                .orElseThrow(() -> new AssertionError(document + " shows no method " + name));
    ShownJava.compile(block, folder);
    URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    Method method =
        Arrays.stream(classes.loadClass("Shown").getDeclaredMethods())
            .collect(toMap(Method::getName, each -> each))
            .get(name);
    method.setAccessible(true);
    return new ShownMethod(classes, method);
  }

  /** What the method gives for these arguments. */
  public Object call(Object... arguments) throws ReflectiveOperationException {
    return method.invoke(null, arguments);
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
