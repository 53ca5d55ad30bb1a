package dev.flagstream.engine.function.loader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.ksql.function.udf.UdfDescription;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/** Compiles sources and packs them into a jar, as the author of a function does. */
public final class ExtensionJar {

  private static final Class<?>[] PROVIDED = {
    UdfDescription.class, Struct.class, Configurable.class
  };

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<String> options = new ArrayList<>(List.of("-parameters"));
  private Predicate<String> packed = name -> true;
  private int classVersion;

  /** A class; the name is that of the source, with its package. */
  public ExtensionJar with(String className, String source) {
    sources.put(className, source);
    return this;
  }

  ExtensionJar withResource(String name, String content) {
    resources.put(name, content);
    return this;
  }

  ExtensionJar withoutParameterNames() {
    options.remove("-parameters");
    return this;
  }

  /** Leaves the classes of a package out of the jar, as a provided dependency is. */
  ExtensionJar withoutPackage(String packageName) {
    packed = name -> !name.startsWith(packageName.replace('.', '/'));
    return this;
  }

  /** Makes the class files say that they need this version of Java. */
  ExtensionJar compiledForJava(int version) {
    classVersion = 44 + version;
    return this;
  }

  /** Writes the jar into a directory. */
  public Path in(Path directory, String jarName) throws IOException {
    Path classes = Files.createTempDirectory("extension-classes");
    compile(classes);
    Path jar = Files.createDirectories(directory).resolve(jarName);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (packed.test(name)) {
          add(out, name, patched(Files.readAllBytes(file)));
        }
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        add(out, resource.getKey(), resource.getValue().getBytes(UTF_8));
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private byte[] patched(byte[] classFile) {
    if (classVersion != 0) {
      classFile[6] = (byte) (classVersion >>> 8);
      classFile[7] = (byte) classVersion;
    }
    return classFile;
  }

  private void compile(Path target) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-d", target.toString(), "-cp", classPath(), "-proc:none"));
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                arguments,
                null,
                sources.entrySet().stream().map(Source::new).toList())
            .call();
    if (!compiled) {
      throw new IllegalStateException(problems.toString());
    }
  }

  private static String classPath() {
    return Stream.of(PROVIDED)
        .map(ExtensionJar::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(Map.Entry<String, String> source) {
      super(
          URI.create("string:///" + source.getKey().replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.code = source.getValue();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
