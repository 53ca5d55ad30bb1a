package dev.flagstream.local.docs;

import static dev.flagstream.local.docs.Documents.PROJECT;
import static dev.flagstream.local.docs.Documents.found;
import static dev.flagstream.local.docs.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.scenario.SqlScenario;
import dev.flagstream.engine.scenario.SqlScenarios;
import dev.flagstream.engine.scenario.SqlScenariosCommand;
import dev.flagstream.engine.shell.ShellCommand;
import dev.flagstream.generator.GeneratorCommand;
import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.docs.Documents.Document;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Follows each command that the documents show down to the program it starts, as {@code make -n}
 * prints it, and has that program read its options. What needs neither a broker nor time is run:
 * the generator's dry runs, and queries for {@code make ksql}.
 */
class DocumentedCommandsTest {

  private static final Pattern SETTING = Pattern.compile("^([A-Z_]+)=");
  private static final Pattern OPTION = Pattern.compile("^(--[a-z][a-z-]*)");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.+?)</artifactId>");
  private static final Pattern OUR_DEPENDENCY =
      Pattern.compile("<groupId>dev.flagstream</groupId>\\s*<artifactId>(.+?)</artifactId>");
  private static final Pattern MAIN_CLASS = Pattern.compile("<mainClass>(.+?)</mainClass>");
  private static final Pattern TARGET = Pattern.compile("(?m)^([a-z][a-z-]*):");

  /**
   * Programs whose options are read here; of the others it is held that their sources name them.
   */
  private static final Map<String, Supplier<CommandLine>> PROGRAMS =
      Map.of(
          GeneratorCommand.class.getName(), GeneratorCommand::commandLine,
          FlagstreamCommand.class.getName(), FlagstreamCommand::commandLine,
          ShellCommand.class.getName(), ShellCommand::newCommandLine,
          SqlScenariosCommand.class.getName(), () -> new CommandLine(new SqlScenariosCommand()));

  /** What recipes use besides. */
  private static final Set<String> TOOLS =
      Set.of("awk", "cp", "echo", "mkdir", "rm", "tee", "test", "touch", "printf");

  private static final String MAKEFILE = text(PROJECT.resolve("Makefile"));

  /** A target of the menu, and what it does. */
  private static final Pattern RECIPE = Pattern.compile("(?m)^([a-z-]+):.*## .*\\n((?:\\t.*\\n)+)");

  private static final Pattern PROGRAM_STARTED =
      Pattern.compile(
          "(?m)^\\t@?(?:\\w+=\\S+ )*(?:java"
              + " |\\$\\(LOCAL\\)|\\$\\(CONFORMANCE\\)|\\$\\(TRAINING\\)|\\$\\(MVN\\) -ntp"
              + " (?:verify|test)|benchmarks/|generator/)");

  private static final Pattern SCRIPT_CALLED = Pattern.compile("(?m)^\\t@?(\\S+\\.sh)");

  private record Shown(Document document, String line) {
    String title() {
      return document.name() + ": " + line.strip();
    }
  }

  private static Stream<Shown> shown() {
    return Documents.ofToday().stream()
        .flatMap(
            document ->
                document.lines("sh").stream()
                    .filter(line -> !ShellWords.commands(line).isEmpty())
                    .map(line -> new Shown(document, line)));
  }

  @TestFactory
  Stream<DynamicTest> whatBlocksShowIsUnderstoodByTheProgramsItStarts() {
    return shown()
        .map(
            shown ->
                DynamicTest.dynamicTest(
                    shown.title(),
                    () -> {
                      List<String> problems = new ArrayList<>();
                      for (List<String> command : ShellWords.commands(shown.line())) {
                        check(withAliases(shown.document(), command), List.of(), problems);
                      }
                      assertThat(problems).as(shown.title()).isEmpty();
                    }));
  }

  @Test
  void whatSentencesSayOfMakeNamesTargetsAndSettingsThatItHas() {
    List<String> problems = new ArrayList<>();
    for (Document document : Documents.ofToday()) {
      for (String code : document.inlineCode()) {
        if (code.startsWith("make ")) {
          List<String> wrong = new ArrayList<>();
          checkTargetsAndSettings(ShellWords.commands(code).get(0), wrong);
          wrong.forEach(problem -> problems.add(document.name() + ": " + problem));
        }
      }
    }

    assertThat(problems).isEmpty();
  }

  /** A script that a recipe calls finds them in its environment. */
  @Test
  void eachTargetThatStartsAProgramHandsOptionsToIt() {
    List<String> without = new ArrayList<>();
    for (MatchResult target : RECIPE.matcher(MAKEFILE).results().toList()) {
      String recipe = target.group(2);
      boolean takesThem =
          recipe.contains("$(OPTIONS)")
              || found(SCRIPT_CALLED, recipe).stream()
                  .anyMatch(script -> text(PROJECT.resolve(script)).contains("OPTIONS"));
      if (PROGRAM_STARTED.matcher(recipe).find() && !takesThem) {
        without.add(target.group(1));
      }
    }

    assertThat(without).isEmpty();
  }

  @Test
  void helpTextsTellDefaultsInOneWay() {
    List<Path> others =
        Documents.files(path -> path.toString().matches(".*/src/main/java/.*\\.java")).stream()
            .filter(file -> text(file).contains("(default:"))
            .toList();

    assertThat(others).as("say \"Default: ….\" instead").isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> whatIsOnlyPrintedIsPrinted(@TempDir Path folder) {
    return shown()
        .flatMap(
            shown ->
                ShellWords.commands(shown.line()).stream()
                    .map(command -> withAliases(shown.document(), command))
                    .filter(command -> command.contains("--dry-run"))
                    .map(
                        command ->
                            DynamicTest.dynamicTest(
                                shown.title(), () -> printsLines(command, folder))));
  }

  private static void printsLines(List<String> command, Path folder) throws IOException {
    List<String> arguments = command.subList(command.indexOf("-jar") + 2, command.size());
    Path printed = Files.createTempFile(folder, "printed", ".json");
    PrintStream before = System.out;
    try (PrintStream out = new PrintStream(printed.toFile(), StandardCharsets.UTF_8)) {
      System.setOut(out);
      int exitCode = GeneratorCommand.commandLine().execute(arguments.toArray(String[]::new));
      assertThat(exitCode).isZero();
    } finally {
      System.setOut(before);
    }
    try (Stream<String> lines = Files.lines(printed)) {
      assertThat(lines.limit(3)).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("{"));
    }
  }

  /** All of them in one go, after the scripts of ksql, without a broker or any record. */
  @Test
  void queriesAreAnsweredByTheScripts(@TempDir Path folder) throws IOException {
    Path jar = PROJECT.resolve("udf/target/flagstream-udf.jar");
    assertThat(jar).as("the UDF jar; mvn -pl udf -am package makes it").exists();
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Files.copy(jar, extensions.resolve(jar.getFileName()));
    StringBuilder scenario = new StringBuilder("# The queries of the documents.\n\nsettings\n");
    scenario
        .append("  ksql.functions._global_.model.dir = ")
        .append(PROJECT.resolve("models").toAbsolutePath().normalize())
        .append("\n  ksql.functions.card_token.key = ")
        .append("00".repeat(32))
        .append("\n\nstatements\n");
    for (Path script : Documents.files(path -> path.toString().matches(".*/ksql/\\d\\d-.*sql"))) {
      scenario.append("  ").append(script.toAbsolutePath().normalize()).append('\n');
    }
    List<String> queries =
        shown()
            .map(shown -> statement(shown.line()))
            .filter(statement -> statement.startsWith("SELECT"))
            .toList();
    assertThat(queries).hasSizeGreaterThan(2);
    queries.forEach(query -> scenario.append("\nquery\n  ").append(query).append('\n'));
    Path scenarios = Files.createDirectory(folder.resolve("scenarios"));
    Files.writeString(scenarios.resolve("shown.scenario"), scenario);

    List<SqlScenario> found = SqlScenarios.in(scenarios, extensions);
    assertThat(found).hasSize(1);
    found.get(0).check();
  }

  /** What a line has for {@code SQL=}; empty if it has none. */
  private static String statement(String line) {
    return ShellWords.commands(line).get(0).stream()
        .filter(word -> word.startsWith("SQL="))
        .map(word -> word.substring("SQL=".length()))
        .findFirst()
        .orElse("");
  }

  /** The command with what stands for its first word, if the document gives it another name. */
  private static List<String> withAliases(Document document, List<String> command) {
    for (String line : document.lines("sh")) {
      List<String> words = ShellWords.commands(line).stream().findFirst().orElse(List.of());
      if (words.size() == 2 && words.get(0).equals("alias")) {
        String[] alias = words.get(1).split("=", 2);
        if (command.get(0).equals(alias[0])) {
          List<String> replaced = new ArrayList<>(ShellWords.commands(alias[1]).get(0));
          replaced.addAll(command.subList(1, command.size()));
          return replaced;
        }
      }
    }
    return command;
  }

  /** Checks a command together with the settings that its caller gives it. */
  private static void check(List<String> shown, List<String> settings, List<String> problems)
      throws IOException, InterruptedException {
    List<String> command = shown.stream().dropWhile(word -> isSetting(word)).toList();
    String program = command.get(0);
    if (program.equals("make")) {
      checkTargetsAndSettings(command, problems);
      if (problems.isEmpty()) {
        for (String line : recipe(command)) {
          for (List<String> started : ShellWords.commands(line)) {
            check(started, command.stream().filter(word -> isSetting(word)).toList(), problems);
          }
        }
      }
    } else if (program.equals("java")) {
      checkJava(command, problems);
    } else if (program.equals("mvn")) {
      checkMaven(command, problems);
    } else if (program.equals("alias")) {
      check(
          ShellWords.commands(command.get(1).replaceFirst("^[^=]*=", "")).get(0),
          settings,
          problems);
    } else if (program.equals("export")) {
      if (!command.stream().skip(1).allMatch(word -> isSetting(word))) {
        problems.add("export takes settings: " + command);
      }
    } else if (program.contains("/")) {
      checkScript(command, settings, problems);
    } else if (!TOOLS.contains(program)) {
      problems.add("nobody knows the program " + program);
    }
  }

  private static boolean isSetting(String word) {
    return SETTING.matcher(word).find();
  }

  private static void checkTargetsAndSettings(List<String> make, List<String> problems) {
    Set<String> targets = Set.copyOf(found(TARGET, MAKEFILE));
    for (String word : make.subList(1, make.size())) {
      List<String> setting = found(SETTING, word);
      if (!setting.isEmpty()) {
        if (!Pattern.compile("\\b" + setting.get(0) + "\\b").matcher(MAKEFILE).find()) {
          problems.add("the Makefile has no setting " + setting.get(0));
        }
      } else if (!targets.contains(word)) {
        problems.add("the Makefile has no target " + word);
      }
    }
  }

  /** The commands that make would run, each in one line. */
  private static List<String> recipe(List<String> make) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(make);
    command.add(1, "-n");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
    // A make that runs this test hands its settings to those it starts.
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "JAVA_HOME"));
    return output(builder).replace("\\\n", " ").lines().toList();
  }

  private static void checkMaven(List<String> command, List<String> problems) {
    int projects = command.indexOf("-pl");
    if (projects < 0) {
      return;
    }
    Map<String, String> moduleOfArtifact = new HashMap<>();
    for (Path pom : Documents.files(path -> path.endsWith("pom.xml"))) {
      String module = PROJECT.relativize(pom.resolveSibling("")).toString();
      moduleOfArtifact.put(found(ARTIFACT, ownPart(pom)).get(0), module);
    }
    List<String> named = List.of(command.get(projects + 1).split(",", -1));
    for (String module : named) {
      if (!moduleOfArtifact.containsValue(module)) {
        problems.add("Maven knows no module " + module);
      } else if (!command.contains("-am")) {
        found(OUR_DEPENDENCY, ownPart(PROJECT.resolve(module).resolve("pom.xml"))).stream()
            .map(moduleOfArtifact::get)
            .filter(needed -> !named.contains(needed))
            .forEach(needed -> problems.add("without -am, " + module + " lacks " + needed));
      }
    }
  }

  /** A pom without what it says of its parent. */
  private static String ownPart(Path pom) {
    return PARENT.matcher(text(pom)).replaceFirst("");
  }

  /** Runs a script with a {@code java} that prints what the script would start. */
  private static void checkScript(
      List<String> command, List<String> settings, List<String> problems)
      throws IOException, InterruptedException {
    Path script = PROJECT.resolve(command.get(0));
    if (!Files.isExecutable(script)) {
      problems.add("there is no program " + command.get(0));
    } else if (text(script).contains("${JAVA:-java}")) {
      ProcessBuilder builder = new ProcessBuilder(command).directory(PROJECT.toFile());
      builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
      builder.environment().put("JAVA", "echo java");
      for (String setting : settings) {
        String[] parts = setting.split("=", 2);
        builder.environment().put(parts[0], parts[1]);
      }
      String started = output(builder.redirectErrorStream(true));
      check(
          ShellWords.commands(started.replace(PROJECT.toRealPath() + "/", "")).get(0),
          List.of(),
          problems);
    } else if (command.get(0).equals("local/flagstream.sh")
        && !command.subList(1, command.size()).equals(List.of("class-archive"))) {
      checkOptions(FlagstreamCommand.class.getName(), command.subList(1, command.size()), problems);
    }
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as(String.join(" ", builder.command()) + " says: " + output)
        .isZero();
    return output;
  }

  private static void checkJava(List<String> command, List<String> problems) throws IOException {
    int jar = command.indexOf("-jar");
    int classPath = command.indexOf("-cp");
    if (jar > 0) {
      Path file = Path.of(command.get(jar + 1));
      String name = file.getFileName().toString().replaceFirst("\\.jar$", "");
      Path pom = PROJECT.resolve(file).getParent().resolveSibling("pom.xml");
      String xml = text(pom);
      assertThat(xml).as(pom + " makes " + name).contains(name);
      String main = found(MAIN_CLASS, xml).get(0);
      checkOptions(
          main.endsWith(".Launcher") ? FlagstreamCommand.class.getName() : main,
          command.subList(jar + 2, command.size()),
          problems);
    } else {
      checkOptions(
          command.get(classPath + 2), command.subList(classPath + 3, command.size()), problems);
    }
  }

  private static void checkOptions(String main, List<String> arguments, List<String> problems)
      throws IOException {
    if (PROGRAMS.containsKey(main)) {
      try {
        PROGRAMS.get(main).get().parseArgs(arguments.toArray(String[]::new));
      } catch (CommandLine.ParameterException e) {
        problems.add(main + " says: " + e.getMessage());
      }
      return;
    }
    String file = "java/" + main.replace('.', '/') + ".java";
    List<Path> sources = Documents.files(path -> path.endsWith(file));
    if (sources.isEmpty()) {
      problems.add("there is no class " + main);
      return;
    }
    String root = sources.get(0).toString().replaceFirst("src/(main|test)/" + file, "");
    String names =
        // The mixins that several modules have lie in packages of this name.
        Documents.files(
                path ->
                    path.toString().startsWith(root + "src/")
                        || path.getParent().endsWith("option"))
            .stream()
            .map(Documents::text)
            .collect(Collectors.joining());
    for (String argument : arguments) {
      found(OPTION, argument).stream()
          .filter(option -> !names.contains("\"" + option + "\""))
          .forEach(option -> problems.add(main + " has no option " + option));
    }
  }
}
