package dev.flagstream.local.docs;

import static dev.flagstream.local.docs.Documents.files;
import static dev.flagstream.local.docs.Documents.found;
import static dev.flagstream.local.docs.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the Java of a document: statements, or declarations, without their imports. */
final class ShownJava {

  private static final Pattern NAME = Pattern.compile("\\b([A-Z]\\w+)\\b");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.+);");

  private static final String IMPORTS_OF_OTHERS =
      """
      import static org.junit.jupiter.api.DynamicTest.dynamicTest;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.*;
      import java.security.*;
      import java.time.*;
      import java.util.*;
      import java.util.stream.*;
      import javax.crypto.*;
      import javax.crypto.spec.*;
      import org.junit.jupiter.api.*;
      """;

  private ShownJava() {}

  /** Compiles a block into a folder; a failing test if it cannot be. */
  static void compile(String block, Path folder) {
    boolean declares =
        Stream.of("@", "static ").anyMatch(start -> block.stripLeading().startsWith(start));
    String source =
        importsOfOurs(block)
            + IMPORTS_OF_OTHERS
            + "class Shown {\n"
            + (declares ? block : "void shown() {\n" + block + "\n}")
            + "\n}\n";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-Xlint:none",
                    "--class-path",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString()),
                null,
                List.of(new Source(source)))
            .call();
    assertThat(compiled).as("%s%n%s", messages, source).isTrue();
  }

  /** A name is in the project once, so that it can be imported by it ({@link SourcesTest}). */
  private static String importsOfOurs(String block) {
    Set<String> names = Set.copyOf(found(NAME, block));
    return files(path -> path.toString().contains("/src/main/java/")).stream()
        .filter(path -> names.contains(className(path)))
        .map(path -> "import " + found(PACKAGE, text(path)).get(0) + "." + className(path) + ";\n")
        .collect(Collectors.joining());
  }

  private static String className(Path source) {
    return source.getFileName().toString().replaceFirst("\\.java$", "");
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///Shown.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
