package dev.flagstream.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.ledger.CardTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code connect/mongodb/collections.js} tells MongoDB of documents. */
class CollectionsScriptTest {

  private static final Pattern TOKEN = Pattern.compile("card_token: .*pattern: '([^']+)'");

  @TempDir private Path folder;

  @Test
  void aTokenUnderEveryKeyLooksAsDocumentsShould() throws IOException {
    Path keys = folder.resolve("card-token.key");
    Files.writeString(keys, "k2: " + "0c".repeat(32) + "\n" + "0b".repeat(32) + "\n");
    Matcher found =
        TOKEN.matcher(Files.readString(Path.of("..", "connect/mongodb/collections.js")));
    assertThat(found.find()).isTrue();
    String pattern = found.group(1).replace("\\\\", "\\");

    List<String> tokens = new CardTokens(keys).allOf("4111111111111111");

    assertThat(tokens).hasSize(2).allMatch(token -> token.matches(pattern));
    assertThat("4111111111111111").doesNotMatch(pattern);
  }
}
