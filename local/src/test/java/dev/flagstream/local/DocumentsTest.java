package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there: files, targets of make, classes, dependencies. */
class DocumentsTest {

  private static final Path PROJECT = Path.of("..");
  private static final Path DEPENDENCIES = Path.of("docs", "decisions", "dependencies.md");

  @Test
  void linksLeadSomewhere() {
    assertThat(
            inDocuments(
                "\\]\\(([^)#\\s:]+)(?:#[^)]*)?\\)",
                (document, link) -> Files.exists(document.resolveSibling(link))))
        .as("links to nothing, by document")
        .isEmpty();
  }

  @Test
  void targetsOfMakeExist() {
    Set<String> targets =
        found("(?m)^([a-z][a-z-]*):", text(PROJECT.resolve("Makefile")))
            .collect(Collectors.toSet());

    assertThat(inDocuments("`make ([a-z][a-z-]*)", (document, target) -> targets.contains(target)))
        .as("no such target, by document")
        .isEmpty();
  }

  @Test
  void theStationsOfAStatementAndOfATransactionAreClassesOrScripts() {
    String architecture = text(PROJECT.resolve("docs").resolve("architecture.md"));
    Set<String> sources =
        files(path -> path.toString().matches(".*\\.(java|sql|json)"))
            .map(path -> path.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());

    for (String way : List.of("A statement's way", "A transaction's way")) {
      List<String> stations = found("`([^` ]+)`", section(architecture, way)).toList();
      assertThat(stations).as(way).hasSizeGreaterThan(7);
      assertThat(stations.stream().map(station -> station.replaceFirst(".*/", "")))
          .as("stations of " + way)
          .allSatisfy(station -> assertThat(sources).contains(station));
    }
  }

  @Test
  void everyDependencySaysWhyItIsHere() {
    String reasons = text(PROJECT.resolve(DEPENDENCIES));
    Map<String, List<String>> silent = new TreeMap<>();
    files(path -> path.endsWith("pom.xml"))
        .forEach(
            pom -> {
              List<String> unexplained =
                  artifacts(pom)
                      .filter(artifact -> !artifact.startsWith("flagstream"))
                      .filter(artifact -> !isNamed(artifact, reasons))
                      .toList();
              if (!unexplained.isEmpty()) {
                silent.put(PROJECT.relativize(pom).toString(), unexplained);
              }
            });

    assertThat(silent).as("dependencies without a sentence in " + DEPENDENCIES).isEmpty();
  }

  private static boolean isNamed(String artifact, String reasons) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(artifact) + "(?![\\w-])")
        .matcher(reasons)
        .find();
  }

  /** What a module's classes are compiled, run or tested with; not what Maven's plugins use. */
  private static Stream<String> artifacts(Path pom) {
    String own =
        text(pom)
            .replaceAll("(?s)<!--.*?-->", "")
            .replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "")
            .replaceAll("(?s)<exclusions>.*?</exclusions>", "")
            .replaceAll("(?s)<build>.*?</build>", "")
            .replaceAll("(?s)<profiles>.*?</profiles>", "");
    return found("(?s)<dependency>.*?<artifactId>(.*?)</artifactId>", own).distinct();
  }

  private interface Holds {
    boolean test(Path document, String found);
  }

  /** What a pattern finds in each document outside its blocks of code and does not hold. */
  private static Map<String, List<String>> inDocuments(String pattern, Holds holds) {
    Map<String, List<String>> wrong = new TreeMap<>();
    files(path -> path.toString().endsWith(".md"))
        .forEach(
            document -> {
              String prose = text(document).replaceAll("(?s)```.*?```", "");
              List<String> failing =
                  found(pattern, prose).filter(found -> !holds.test(document, found)).toList();
              if (!failing.isEmpty()) {
                wrong.put(PROJECT.relativize(document).toString(), failing);
              }
            });
    return wrong;
  }

  private static Stream<String> found(String pattern, String text) {
    Function<MatchResult, String> group = match -> match.group(1);
    return Pattern.compile(pattern).matcher(text).results().map(group);
  }

  private static String section(String document, String heading) {
    int start = document.indexOf("## " + heading);
    assertThat(start).as("a section " + heading).isNotNegative();
    int end = document.indexOf("\n## ", start + 1);
    return document.substring(start, end < 0 ? document.length() : end);
  }

  /** The project's own files, without what is built, fetched or hidden. */
  private static Stream<Path> files(Predicate<Path> wanted) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all =
        Files.find(PROJECT, 20, (path, attributes) -> attributes.isRegularFile())) {
      all.filter(path -> isOurs(PROJECT.relativize(path))).filter(wanted).forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted();
  }

  private static boolean isOurs(Path path) {
    for (Path part : path) {
      if (part.toString().equals("target")
          || part.toString().equals("data")
          || part.toString().equals("node_modules")
          || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
