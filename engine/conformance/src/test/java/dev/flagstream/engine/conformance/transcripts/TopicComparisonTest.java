package dev.flagstream.engine.conformance.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.conformance.transcripts.TopicComparison.Mode;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicComparisonTest {

  private static List<String> differences(String expected, String actual) {
    return TopicComparison.compare(
        Mode.ANY_ORDER,
        List.of(new TopicRecord(0, 1, null, expected)),
        List.of(new TopicRecord(0, 2, null, actual)));
  }

  @Test
  void takesAnyWordsForWhatAServerSaysOfItsOwnCode() {
    String expected =
        "{\"row\":\"[ 1 ]\",\"cause\":[\"Cannot invoke \\\"a.B.c()\\\" because \\\"d\\\" is null\"]}";

    assertThat(differences(expected, "{\"row\":\"[ 1 ]\",\"cause\":[\"the column is null\"]}"))
        .isEmpty();
    assertThat(differences(expected, "{\"row\":\"[ 2 ]\",\"cause\":[\"the column is null\"]}"))
        .hasSize(2);
    assertThat(differences(expected, "{\"row\":\"[ 1 ]\",\"cause\":[]}")).hasSize(2);
  }
}
