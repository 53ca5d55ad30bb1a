package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.flagstream.local.ledger.files.FileMap;
import dev.flagstream.local.ledger.files.FileMaps;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileMapTest {

  private final FileMaps maps = FileMaps.open();

  @AfterEach
  void close() {
    maps.close();
  }

  @Test
  void isTheSameAsAMapInMemory() {
    FileMap<Long> other = maps.map(new TypeReference<>() {});
    other.put("key7", -1L);
    FileMap<Long> inFiles = maps.map(new TypeReference<>() {});
    Map<String, Long> inMemory = new TreeMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String key = "key" + random.nextInt(3_000);
      switch (random.nextInt(4)) {
        case 0 -> assertThat(inFiles.remove(key)).isEqualTo(inMemory.remove(key));
        case 1 -> inFiles.merge(key, 1L, Long::sum);
        default -> assertThat(inFiles.put(key, (long) i)).isEqualTo(inMemory.put(key, (long) i));
      }
      inMemory.put(key, inFiles.getOrDefault(key, 0L));
      inFiles.putIfAbsent(key, 0L);
      assertThat(inFiles.size()).isEqualTo(inMemory.size());
    }

    assertThat(inFiles.entrySet().stream().toList()).isEqualTo(List.copyOf(inMemory.entrySet()));
    inFiles.clear();
    assertThat(inFiles).isEmpty();
    assertThat(inFiles.keySet()).isEmpty();
    assertThat(other).containsExactly(Map.entry("key7", -1L));
  }

  @Test
  void keepsAnExpectedDocumentToTheLastDigit() {
    FileMap<ExpectedDocument> documents = maps.map(new TypeReference<>() {});
    ExpectedDocument document =
        new ExpectedDocument(
            "ü|1",
            "4242424242424242",
            "token",
            new BigDecimal("1200.50"),
            null,
            List.of("HIGH_AMOUNT"),
            Set.of(0.1 + 0.2, Double.MIN_VALUE, Double.POSITIVE_INFINITY),
            -1);
    documents.put(document.id(), document);

    assertThat(documents.get("ü|1")).isEqualTo(document);
    assertThat(documents.get("ü")).isNull();
  }

  @Test
  void goesOnWithTheIncidentsOfACardWhereTheyWereLeft() {
    IncidentRule rule = IncidentRule.configured(Map.of());
    FileMap<List<IncidentRule.Incident>> cards = maps.map(new TypeReference<>() {});
    IncidentRule.Card inMemory = rule.card(List.of());
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      IncidentRule.Flagged flagged =
          new IncidentRule.Flagged(
              "t" + i,
              random.nextInt(40) * 600_000L,
              BigDecimal.valueOf(random.nextInt(30_000), 2),
              random.nextBoolean() ? random.nextDouble() : null);
      IncidentRule.Card card = rule.card(cards.getOrDefault("card", List.of()));

      assertThat(card.add(flagged)).isEqualTo(inMemory.add(flagged));
      cards.put("card", card.incidents());
    }
  }

  @Test
  void leavesNoFilesBehindEvenIfSomebodyStoppedHalfway() {
    FileMaps others = FileMaps.open();
    FileMap<Boolean> map = others.map(new TypeReference<>() {});
    map.put("a", true);
    map.put("b", true);
    Iterator<String> halfway = map.keySet().iterator();
    assertThat(halfway.next()).isEqualTo("a");
    assertThat(others.folder()).isNotEmptyDirectory();

    others.close();

    assertThat(others.folder()).doesNotExist();
  }

  @Test
  void hasNoCardNumberInItsFiles() throws IOException {
    String card = "4242424242424242";
    FileMaps others = FileMaps.open();
    FileMap<String> map = others.map(new TypeReference<>() {});
    for (int i = 0; i < 30_000; i++) {
      map.put("transaction-with-a-long-id-" + i, card.repeat(60));
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(others.folder())) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        bytes += content.length();
        assertThat(content.contains(card)).as("in %s", file).isFalse();
      }
    }
    assertThat(bytes).as("what was written").isGreaterThan(1 << 20);
    assertThat(map.get("transaction-with-a-long-id-7")).isEqualTo(card.repeat(60));
    others.close();
  }
}
