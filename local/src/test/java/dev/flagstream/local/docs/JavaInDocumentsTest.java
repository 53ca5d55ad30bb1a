package dev.flagstream.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.docs.Documents.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java that documents show compiles against the classes of today. */
class JavaInDocumentsTest {

  @TestFactory
  Stream<DynamicTest> whatBlocksShowCompiles(@TempDir Path folder) {
    List<DynamicTest> tests =
        Documents.ofToday().stream()
            .flatMap(
                document ->
                    document.blocks("java").stream()
                        .map(
                            block ->
                                DynamicTest.dynamicTest(
                                    title(document, block),
                                    () -> ShownJava.compile(block, folder))))
            .toList();
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static String title(Document document, String block) {
    return document.name() + ": " + block.lines().findFirst().orElse("").strip();
  }
}
