package dev.flagstream.local.docs;

import static dev.flagstream.local.docs.Documents.PROJECT;
import static dev.flagstream.local.docs.Documents.files;
import static dev.flagstream.local.docs.Documents.found;
import static dev.flagstream.local.docs.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What must hold for the sources of all modules together, so that no module's own test can check
 * it.
 */
class SourcesTest {

  /** Names that two classes have, and may keep. */
  private static final Map<String, String> NAMES_TWICE =
      Map.of(
          "Field", "the SQL function FIELD, and a class of ksqlDB's UDF API",
          "SqlType", "the engine's, and a class of ksqlDB's UDF API",
          "LayersTest", "each module whose packages are held apart has its own",
          "NearMiss", "the engine's and the UDF jar's, which use none of each other's classes");

  /** One with more is split where a newcomer would look for a part. */
  private static final int MOST_CLASSES_OF_A_PACKAGE = 32;

  /** Packages of the engine that other modules build on. */
  private static final Set<String> OPEN_PACKAGES = Set.of("offline", "scenario", "server", "shell");

  /** What those packages take or give. */
  private static final Set<String> OPEN_CLASSES =
      Set.of(
          "function.FunctionCatalog",
          "function.loader.FunctionLoader",
          "statement.config.ConfigurationException",
          "topology.log.ProcessingLog");

  private static final Pattern ENGINE_IMPORT =
      Pattern.compile("(?m)^import (?:static )?dev\\.flagstream\\.engine\\.([a-z.]+\\.[A-Z]\\w*)");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.+);");

  private static final Pattern IMPORTED_PACKAGE =
      Pattern.compile("(?m)^import (?:static )?(dev\\.flagstream[a-z0-9_.]*)\\.[A-Z]");

  private static final Pattern UNTYPED =
      Pattern.compile("(?m)^((?! *(?://|\\*)).*\\bvar \\w+ ?[=:;,)].*)$");

  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("/\\*\\* ([^@*{]+?) \\*/\\s+(?:@[^\\n]+\\s+)*([^\\n({=;]+)");

  private static final Set<String> SMALL_WORDS =
      Set.of(
          "the", "a", "an", "its", "of", "it", "this", "that", "to", "one", "is", "and", "or",
          "what");

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, List<Path>> twice =
        sources().stream()
            .collect(
                Collectors.groupingBy(SourcesTest::className, TreeMap::new, Collectors.toList()));
    twice.values().removeIf(places -> places.size() == 1);

    assertThat(twice.keySet()).isEqualTo(NAMES_TWICE.keySet());
  }

  @Test
  void noPackageIsCrowded() {
    Map<Path, Long> crowded =
        mainSources().stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    crowded.values().removeIf(count -> count <= MOST_CLASSES_OF_A_PACKAGE);

    assertThat(crowded).as("packages of more than %s", MOST_CLASSES_OF_A_PACKAGE).isEmpty();
  }

  /** By imports; modules that have a test of their own check it by classes. */
  @Test
  void noPackagesNeedEachOtherInAnyModule() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Path source : mainSources()) {
      String name = found(PACKAGE, text(source)).get(0);
      uses.computeIfAbsent(name, unseen -> new HashSet<>())
          .addAll(found(IMPORTED_PACKAGE, text(source)));
    }
    uses.values().forEach(used -> used.retainAll(uses.keySet()));
    uses.forEach((name, used) -> used.remove(name));

    // A package that uses no other is in no circle, nor is one that uses only such packages.
    Predicate<Set<String>> free = Set::isEmpty;
    while (uses.values().stream().anyMatch(free)) {
      Set<String> done =
          uses.keySet().stream()
              .filter(name -> free.test(uses.get(name)))
              .collect(Collectors.toSet());
      uses.keySet().removeAll(done);
      uses.values().forEach(used -> used.removeAll(done));
    }

    assertThat(uses).as("packages in a circle, or above one, and what they use of it").isEmpty();
  }

  /** The conformance tools hold the engine against ksqlDB part by part, and so see its parts. */
  @Test
  void otherModulesBuildOnTheOpenPackagesOfTheEngineAlone() {
    Map<Path, List<String>> inside = new TreeMap<>();
    for (Path source : mainSources()) {
      if (PROJECT.relativize(source).startsWith("engine")) {
        continue;
      }
      List<String> closed =
          found(ENGINE_IMPORT, text(source)).stream()
              .filter(name -> !OPEN_PACKAGES.contains(name.replaceFirst("\\..*", "")))
              .filter(name -> !OPEN_CLASSES.contains(name))
              .toList();
      if (!closed.isEmpty()) {
        inside.put(PROJECT.relativize(source), closed);
      }
    }

    assertThat(inside).isEmpty();
  }

  @Test
  void typesOfVariablesAreWrittenOut() {
    List<String> hidden = new ArrayList<>();
    for (Path source : sources()) {
      found(UNTYPED, text(source))
          .forEach(line -> hidden.add(PROJECT.relativize(source) + ": " + line.strip()));
    }

    assertThat(hidden).as("variables whose type a reader must look up").isEmpty();
  }

  @Test
  void javadocSaysMoreThanTheNameBelowIt() {
    List<String> empty = new ArrayList<>();
    for (Path source : sources()) {
      SHORT_JAVADOC
          .matcher(text(source))
          .results()
          .filter(javadoc -> repeatsTheName(javadoc, className(source)))
          .forEach(
              javadoc ->
                  empty.add(
                      PROJECT.relativize(source)
                          + ": "
                          + javadoc.group().lines().findFirst().get()));
    }

    assertThat(empty).as("Javadoc that only repeats the name, or is a word").isEmpty();
  }

  private static boolean repeatsTheName(MatchResult javadoc, String around) {
    Set<String> said = stems(javadoc.group(1).split("[^A-Za-z]+"));
    Set<String> named = stems((javadoc.group(2) + " " + around).split("(?=[A-Z])|[^A-Za-z]+"));
    return named.containsAll(said);
  }

  /** Words as they are compared: without small ones, in lower case, singular. */
  private static Set<String> stems(String[] words) {
    Set<String> stems = new HashSet<>();
    for (String word : words) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (!lower.isEmpty() && !SMALL_WORDS.contains(lower)) {
        stems.add(lower.replaceFirst("(?<=..)(s|es|ed|er|or|ing)$", ""));
      }
    }
    return stems;
  }

  private static List<Path> mainSources() {
    return sources().stream().filter(path -> path.toString().contains("/src/main/")).toList();
  }

  private static List<Path> sources() {
    Stream<Path> java =
        files(path -> path.toString().matches(".*/src/(main|test)/java/.*\\.java")).stream();
    return java.filter(path -> !path.endsWith("package-info.java")).toList();
  }

  private static String className(Path source) {
    return source.getFileName().toString().replaceFirst("\\.java$", "");
  }
}
