package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Documents are read value for value as the wire's own decoder reads them, whatever the bytes. */
class DocumentReaderTest {

  @Test
  void readsEveryTypeAsTheWireDoes() {
    for (Object value : SampleDocuments.VALUES) {
      sameAsTheWires(DocumentWriter.write(new Document("value", value).append("größe €", value)));
    }
  }

  @Test
  void readsNestedDocumentsOfAnySizeAsTheWireDoes() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      sameAsTheWires(DocumentWriter.write(SampleDocuments.document(random, 5)));
    }
  }

  @Test
  void namesOfAnyLengthAreThemselvesAlsoWhereTheyShareAPlace() {
    for (int i = 0; i < 20_000; i++) {
      byte[] name = ("field" + i + "ß".repeat(i % 40)).getBytes(StandardCharsets.UTF_8);
      assertThat(FieldNames.of(name, 0, name.length))
          .isEqualTo(new String(name, StandardCharsets.UTF_8));
    }
    byte[] again = "card_token".getBytes(StandardCharsets.UTF_8);
    assertThat(FieldNames.of(again, 0, again.length))
        .isSameAs(FieldNames.of(again, 0, again.length));
  }

  @Test
  void oneFieldIsFoundWhereverItIs() {
    byte[] bytes =
        DocumentWriter.write(
            new Document("a", List.of(1, "x")).append("_id", "t-1").append("none", null));

    assertThat(DocumentReader.field(bytes, "_id")).isEqualTo("t-1");
    assertThat(DocumentReader.field(bytes, "a")).isEqualTo(List.of(1, "x"));
    assertThat(DocumentReader.field(bytes, "none")).isNull();
    assertThat(DocumentReader.field(bytes, "x")).isNull();
  }

  @Test
  void someFieldsAreReadAsTheyAreBesideAllOthers() {
    Random random = new Random(8);
    for (int i = 0; i < 500; i++) {
      Document whole = DocumentReader.read(written(random));
      Set<String> wanted = new HashSet<>();
      whole.keySet().stream().filter(name -> random.nextInt(3) == 0).forEach(wanted::add);
      wanted.add("no such field");
      Document part = new Document(whole);
      part.keySet().retainAll(wanted);

      byte[] bytes = DocumentWriter.write(whole);

      assertThat(DocumentWriter.write(DocumentReader.read(bytes, wanted)))
          .isEqualTo(DocumentWriter.write(part));
    }
  }

  /** With a value of every type among the random ones. */
  private static byte[] written(Random random) {
    Document document = SampleDocuments.document(random, 3);
    for (int i = 0; i < SampleDocuments.VALUES.size(); i++) {
      document.append("v" + i, SampleDocuments.VALUES.get(i));
    }
    return DocumentWriter.write(document);
  }

  @Test
  void bytesThatEndTooEarlyAreRefusedWhereverTheyEnd() {
    for (Object value : SampleDocuments.VALUES) {
      byte[] whole = DocumentWriter.write(new Document("value", List.of(new Document("v", value))));
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatIllegalArgumentException()
            .as("the first %d bytes of %s", length, value)
            .isThrownBy(() -> DocumentReader.read(part));
      }
    }
  }

  @Test
  void anyBytesAreADocumentOrRefused() {
    Random random = new Random(6);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = DocumentWriter.write(SampleDocuments.document(random, 3));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(DocumentReader.read(bytes)).isNotNull();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }

  @Test
  void documentsWithinDocumentsHaveADepth() {
    Document deep = new Document();
    for (int depth = 1; depth < DocumentReader.DEEPEST; depth++) {
      deep = new Document("d", deep);
    }
    sameAsTheWires(DocumentWriter.write(deep));
    byte[] deeper = DocumentWriter.write(new Document("d", deep));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentReader.read(deeper))
        .withMessageContaining("deeper than 200");
  }

  @Test
  void aFieldIsThereOnce() {
    byte[] twice = DocumentWriter.write(new Document("a", 1).append("b", 2));
    twice[indexOf(twice, (byte) 'b')] = 'a';

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentReader.read(twice))
        .withMessageContaining("'a' twice");
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static void sameAsTheWires(byte[] bytes) {
    Document wires = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    Document ours = DocumentReader.read(bytes);
    assertThat(DocumentWriter.write(ours)).isEqualTo(bytes).isEqualTo(DocumentWriter.write(wires));
    assertThat(ours.toString()).isEqualTo(wires.toString());
  }
}
