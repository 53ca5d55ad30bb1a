package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents are written byte for byte as the wire's own encoder writes them. */
class DocumentWriterTest {

  @Test
  void writesEveryTypeAsTheWireDoes() {
    for (Object value : SampleDocuments.VALUES) {
      sameAsTheWires(new Document("value", value).append("größe €", value));
    }
  }

  @Test
  void writesNestedDocumentsOfAnySizeAsTheWireDoes() {
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      sameAsTheWires(SampleDocuments.document(random, 5));
    }
  }

  private static void sameAsTheWires(Document document) {
    ByteBuf wires = Unpooled.buffer();
    BsonEncoder.encodeDocument(document, wires);
    assertThat(DocumentWriter.write(document))
        .as("%s", document)
        .isEqualTo(ByteBufUtil.getBytes(wires));
  }
}
