package dev.flagstream.local.docs;

import static dev.flagstream.local.docs.Documents.PROJECT;
import static dev.flagstream.local.docs.Documents.files;
import static dev.flagstream.local.docs.Documents.found;
import static dev.flagstream.local.docs.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.docs.Documents.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there: files, headings, classes, options, dependencies. */
class DocumentsTest {

  private static final Path DEPENDENCIES = PROJECT.resolve("docs/decisions/dependencies.md");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A name of at least two words written as one. */
  private static final Pattern CLASS =
      Pattern.compile(
          "^(?:[a-z0-9]+\\.)*([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:[#.]\\w+)?(?:\\(.*\\))?$");

  /** Classes of others that the documents speak of, each in the place that tells whose it is. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "TreeEnsembleRegressor" /* ONNX */,
          "ReplaceField" /* of Kafka Connect, as are the next ones */,
          "ByteArrayConverter",
          "JsonConverter",
          "EnvVarConfigProvider");

  private static final Pattern SQL_COMMENT = Pattern.compile("(?m)--.*$");
  private static final Pattern MADE_SOURCE =
      Pattern.compile("(?i)CREATE\\s+(?:STREAM|TABLE)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+)");
  private static final Pattern READ_SOURCE =
      Pattern.compile("(?i)(?:FROM\\s+|JOIN\\s+|KAFKA_TOPIC\\s*=\\s*')(\\w+)");

  private static final String WRITTEN_BY_THE_SERVER = "ksql_processing_log";

  private static final Pattern PATH = Pattern.compile("^([\\w.-]+/[\\w./-]*)$");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]+)");

  /** Options that picocli gives every command, and those of Docker and of others' clients. */
  private static final Set<String> OPTIONS_OF_OTHERS =
      Set.of("--help", "--version", "--rm", "--tls");

  @Test
  void linksLeadToFilesAndTheirHeadings() {
    assertThat(
            wrong(
                Documents.all(),
                document -> found(LINK, document.prose()).stream(),
                (document, link) -> leadsSomewhere(document.path(), link)))
        .as("links to nothing, by document")
        .isEmpty();
  }

  private static boolean leadsSomewhere(Path document, String link) {
    String file = link.replaceFirst("#.*", "");
    Path target = file.isEmpty() ? document : document.resolveSibling(file);
    if (!Files.exists(target)) {
      return false;
    }
    return !link.contains("#")
        || found(HEADING, text(target)).stream()
            .map(DocumentsTest::anchor)
            .anyMatch(link.replaceFirst(".*#", "")::equals);
  }

  /** How GitHub names a heading in links. */
  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
        .replaceAll("\\s", "-");
  }

  @Test
  void classesThatAreNamedExist() {
    Set<String> classes =
        files(path -> path.toString().endsWith(".java")).stream()
            .map(path -> path.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());

    assertThat(
            wrong(
                Documents.ofToday(),
                document ->
                    document.inlineCode().stream().flatMap(code -> found(CLASS, code).stream()),
                (document, name) -> classes.contains(name) || OF_OTHERS.contains(name)))
        .as("no such class, by document")
        .isEmpty();
  }

  @Test
  void pathsThatAreNamedExist() {
    Set<String> folders =
        files(path -> true).stream()
            .map(path -> PROJECT.relativize(path).getName(0).toString())
            .filter(name -> Files.isDirectory(PROJECT.resolve(name)))
            .collect(Collectors.toSet());

    assertThat(
            wrong(
                Documents.ofToday(),
                document ->
                    document.inlineCode().stream()
                        .flatMap(code -> found(PATH, code).stream())
                        .filter(path -> folders.contains(path.replaceFirst("/.*", "")))
                        .filter(path -> !path.contains("/target/")),
                (document, path) ->
                    beginsAFile(PROJECT.resolve(path))
                        || Files.exists(document.path().resolveSibling(path))))
        .as("no such file or folder, by document")
        .isEmpty();
  }

  /** Whether there is such a file; a number stands for the script that begins with it. */
  private static boolean beginsAFile(Path path) {
    String name = path.getFileName().toString();
    if (!name.matches("\\d\\d")) {
      return Files.exists(path);
    }
    return files(file -> file.startsWith(path.getParent())).stream()
        .anyMatch(file -> file.getFileName().toString().startsWith(name + "-"));
  }

  @Test
  void optionsThatAreNamedAreOnesThatSomeCommandKnows() {
    String sources =
        files(path -> path.toString().matches(".*(/src/main/java/.*\\.java|\\.sh|/Makefile)"))
            .stream()
            .map(Documents::text)
            .collect(Collectors.joining());
    Set<String> known = Set.copyOf(found(OPTION, sources));

    assertThat(
            wrong(
                Documents.ofToday(),
                document ->
                    document.inlineCode().stream().flatMap(code -> found(OPTION, code).stream()),
                (document, option) -> known.contains(option) || OPTIONS_OF_OTHERS.contains(option)))
        .as("no such option, by document")
        .isEmpty();
  }

  @Test
  void theStationsOfAStatementAndOfATransactionAreClassesOrScripts() {
    String architecture = text(PROJECT.resolve("docs/architecture.md"));
    Set<String> sources =
        files(path -> path.toString().matches(".*\\.(java|sql|json)")).stream()
            .map(path -> path.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());

    for (String way : List.of("A statement's way", "A transaction's way")) {
      List<String> stations =
          found(Pattern.compile("`([^` ]+)`"), section(architecture, "## " + way));
      assertThat(stations).as(way).hasSizeGreaterThan(7);
      assertThat(stations.stream().map(station -> station.replaceFirst(".*/", "")))
          .as("stations of " + way)
          .allSatisfy(station -> assertThat(sources).contains(station));
    }
  }

  @Test
  void eachScriptOnATransactionsWayReadsWhatOneBeforeItMakes() {
    List<Path> scripts =
        found(
                Pattern.compile("`(\\d\\d-[^`]+\\.sql)`"),
                section(text(PROJECT.resolve("docs/architecture.md")), "## A transaction's way"))
            .stream()
            .map(PROJECT.resolve("ksql")::resolve)
            .toList();
    assertThat(scripts).isEqualTo(files(path -> path.toString().matches(".*/ksql/\\d\\d-.*sql")));

    Set<String> made = new HashSet<>();
    List<String> unrelated = new ArrayList<>();
    for (Path script : scripts) {
      String sql = SQL_COMMENT.matcher(text(script)).replaceAll("");
      if (!made.isEmpty()
          && found(READ_SOURCE, sql).stream()
              .noneMatch(source -> made.contains(source) || source.equals(WRITTEN_BY_THE_SERVER))) {
        unrelated.add(script.getFileName().toString());
      }
      made.addAll(found(MADE_SOURCE, sql));
      made.addAll(found(READ_SOURCE, sql)); // a topic may be read a second time
    }
    assertThat(unrelated).as("scripts that read nothing that one before them makes").isEmpty();
  }

  @Test
  void everyDependencySaysWhyItIsHereInTheSectionOfItsModule() {
    String reasons = text(DEPENDENCIES);
    String everywhere = section(reasons, "## Every module");
    Map<String, List<String>> silent = new TreeMap<>();
    for (Path pom : files(path -> path.endsWith("pom.xml"))) {
      String module = PROJECT.relativize(pom.resolveSibling("")).toString();
      String here =
          reasons.contains("\n## " + module + "\n") ? section(reasons, "## " + module + "\n") : "";
      List<String> unexplained =
          artifacts(pom)
              .filter(artifact -> !artifact.startsWith("flagstream"))
              .filter(artifact -> !isNamed(artifact, module.isEmpty() ? reasons : here))
              .filter(artifact -> !isNamed(artifact, everywhere))
              .toList();
      if (!unexplained.isEmpty()) {
        silent.put(module, unexplained);
      }
    }

    assertThat(silent).as("dependencies without a sentence in " + DEPENDENCIES).isEmpty();
  }

  @Test
  void everySectionOfReasonsSpeaksOfDependenciesThatItsModuleHas() {
    String reasons = text(DEPENDENCIES);
    String versions = text(PROJECT.resolve("pom.xml"));
    Map<String, List<String>> stale = new TreeMap<>();
    for (Path pom : files(path -> path.endsWith("pom.xml"))) {
      String module = PROJECT.relativize(pom.resolveSibling("")).toString();
      if (!reasons.contains("\n## " + module + "\n")) {
        continue;
      }
      String declared = text(pom) + versions + packages(pom.resolveSibling("src"));
      List<String> gone =
          found(Pattern.compile("\\*\\*(.+?)\\*\\*"), section(reasons, "## " + module + "\n"))
              .stream()
              .flatMap(names -> Stream.of(names.split(", ")))
              .filter(name -> name.matches("[a-z0-9_.-]+"))
              .filter(name -> !isNamed(name, declared))
              .toList();
      if (!gone.isEmpty()) {
        stale.put(module, gone);
      }
    }

    assertThat(stale).as("reasons for what a module does not have, in " + DEPENDENCIES).isEmpty();
  }

  /** What a module's folder declares for Node.js. */
  private static String packages(Path folder) {
    return files(path -> path.startsWith(folder) && path.endsWith("package.json")).stream()
        .map(Documents::text)
        .collect(Collectors.joining());
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
    Function<MatchResult, String> name = dependency -> dependency.group(1);
    return Pattern.compile("(?s)<dependency>.*?<artifactId>(.*?)</artifactId>")
        .matcher(own)
        .results()
        .map(name)
        .distinct();
  }

  private interface Finds {
    Stream<String> in(Document document);
  }

  private interface Holds {
    boolean of(Document document, String found);
  }

  /** What is found in each document and does not hold. */
  private static Map<String, List<String>> wrong(
      List<Document> documents, Finds finds, Holds holds) {
    Map<String, List<String>> wrong = new TreeMap<>();
    for (Document document : documents) {
      List<String> failing =
          new ArrayList<>(
              finds.in(document).distinct().filter(each -> !holds.of(document, each)).toList());
      if (!failing.isEmpty()) {
        wrong.put(document.name(), failing);
      }
    }
    return wrong;
  }

  private static String section(String document, String heading) {
    int start = document.indexOf(heading);
    assertThat(start).as("a section " + heading.strip()).isNotNegative();
    int end = document.indexOf("\n## ", start + 1);
    return document.substring(start, end < 0 ? document.length() : end);
  }
}
