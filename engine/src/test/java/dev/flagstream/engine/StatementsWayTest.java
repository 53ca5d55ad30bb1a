package dev.flagstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps "A statement's way" in docs/architecture.md a way that the code goes. */
class StatementsWayTest {

  private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
  private static final Pattern STATION = Pattern.compile("`([A-Z]\\w+)`");

  private final JavaClasses engine =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.flagstream.engine");

  /** By class: those it uses. Nested classes and lambdas count as the class around them. */
  private final Map<String, Set<String>> uses = new HashMap<>();

  StatementsWayTest() {
    for (JavaClass each : engine) {
      uses.computeIfAbsent(outermost(each), name -> new HashSet<>())
          .addAll(
              each.getDirectDependenciesFromSelf().stream()
                  .map(Dependency::getTargetClass)
                  .map(StatementsWayTest::outermost)
                  .collect(Collectors.toSet()));
    }
  }

  private static String outermost(JavaClass each) {
    return each.getEnclosingClass().map(StatementsWayTest::outermost).orElseGet(each::getName);
  }

  @Test
  void eachStationHasToDoWithOneBeforeIt() throws IOException {
    List<String> stations = stations();

    assertThat(stations)
        .startsWith("HttpApi", "StatementExecutor", "SqlParser")
        .contains("StatementPlanner", "CarryOut", "OfflineEngine", "RunningQuery");
    List<String> strays = new ArrayList<>();
    for (int i = 1; i < stations.size(); i++) {
      String station = named(stations.get(i));
      if (stations.subList(0, i).stream().map(this::named).noneMatch(one -> meet(one, station))) {
        strays.add(stations.get(i));
      }
    }
    assertThat(strays)
        .as("stations that neither use nor are used by one before, or by a class between")
        .isEmpty();
  }

  private static List<String> stations() throws IOException {
    String text = Files.readString(ARCHITECTURE);
    int start = text.indexOf("## A statement's way");
    int end = text.indexOf("\n## ", start + 1);
    return STATION
        .matcher(text.substring(start, end))
        .results()
        .map(station -> station.group(1))
        .distinct()
        .toList();
  }

  private String named(String simpleName) {
    List<String> names =
        uses.keySet().stream().filter(name -> name.endsWith("." + simpleName)).toList();
    assertThat(names).as("classes named " + simpleName).hasSize(1);
    return names.get(0);
  }

  private boolean meet(String one, String other) {
    return leads(one, other) || leads(other, one);
  }

  private boolean leads(String from, String to) {
    Set<String> next = uses.get(from);
    return next.contains(to)
        || next.stream().anyMatch(between -> uses.getOrDefault(between, Set.of()).contains(to));
  }
}
