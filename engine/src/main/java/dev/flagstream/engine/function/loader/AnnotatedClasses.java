package dev.flagstream.engine.function.loader;

import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udtf.UdtfDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds the classes that describe functions by reading class files, without running any code. */
final class AnnotatedClasses {

  private static final Set<String> DESCRIPTIONS =
      Set.of(
          Type.getDescriptor(UdfDescription.class),
          Type.getDescriptor(UdafDescription.class),
          Type.getDescriptor(UdtfDescription.class));

  /** A class file's first version for Java N is 44 + N. */
  private static final int VERSION_OF_JAVA_0 = 44;

  private static final int READER_FLAGS =
      ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

  private AnnotatedClasses() {}

  /**
   * The names of a jar's annotated classes, in order.
   *
   * @throws FunctionLoadException if some class needs a newer Java, or the jar cannot be read
   */
  static List<String> inJar(Path jar) {
    try (FileSystem contents = FileSystems.newFileSystem(jar)) {
      return in(contents.getPath("/"), jar.toString());
    } catch (IOException | UncheckedIOException e) {
      throw new FunctionLoadException("Cannot read the extension " + jar + ": " + e, e);
    }
  }

  /** The names of the annotated classes in the package of a class. */
  static List<String> beside(Class<?> member) {
    String packagePath = member.getPackageName().replace('.', '/');
    URL url = member.getResource(member.getSimpleName() + ".class");
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return in(Path.of(uri).getParent(), packagePath);
      }
      Path jar = Path.of(((JarURLConnection) url.openConnection()).getJarFileURL().toURI());
      try (FileSystem contents = FileSystems.newFileSystem(jar)) {
        return in(contents.getPath("/" + packagePath), packagePath);
      }
    } catch (IOException | URISyntaxException e) {
      throw new FunctionLoadException("Cannot read the functions beside " + member, e);
    }
  }

  private static List<String> in(Path root, String origin) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(AnnotatedClasses::isPlainClass)
          .flatMap(file -> annotatedName(file, origin).stream())
          .sorted()
          .toList();
    }
  }

  private static boolean isPlainClass(Path file) {
    String path = file.toString();
    return path.endsWith(".class")
        && !path.startsWith("/META-INF/")
        && !path.endsWith("module-info.class");
  }

  private static List<String> annotatedName(Path file, String origin) {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] content = bytes.readAllBytes();
      requireReadable(content, file, origin);
      DescriptionFinder finder = new DescriptionFinder();
      new ClassReader(content).accept(finder, READER_FLAGS);
      return finder.found ? List.of(finder.className) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireReadable(byte[] content, Path file, String origin) {
    if (content.length < 8) {
      throw new FunctionLoadException(origin + ": " + file + " is no class file");
    }
    int needed = ((content[6] & 0xff) << 8 | (content[7] & 0xff)) - VERSION_OF_JAVA_0;
    int running = Runtime.version().feature();
    if (needed > running) {
      throw new FunctionLoadException(
          String.format(
              "%s: the class %s was compiled for Java %d, and this is Java %d."
                  + " Compile it with --release %d.",
              origin, file, needed, running, running));
    }
  }

  private static final class DescriptionFinder extends ClassVisitor {
    private String className;
    private boolean found;

    DescriptionFinder() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      className = name.replace('/', '.');
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (DESCRIPTIONS.contains(descriptor)) {
        requireVisibleAtRunTime(visible);
        found = true;
      }
      return null;
    }

    private void requireVisibleAtRunTime(boolean visible) {
      if (!visible) {
        throw new FunctionLoadException(
            "The annotations of "
                + className
                + " are not kept at run time. Compile it against declarations with"
                + " @Retention(RetentionPolicy.RUNTIME).");
      }
    }
  }
}
