package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Documents of every type and shape, for those that write and read them. */
final class SampleDocuments {

  /** Of every type, with those that are easily got wrong. */
  static final List<Object> VALUES =
      Arrays.asList(
          null,
          true,
          false,
          0,
          -1,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          -2L,
          -0.0,
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          1e-300,
          "",
          "plain",
          "Zürich",
          "ab\u0000c",
          "\uD83D\uDCB3 card",
          "lone \uD83D",
          Instant.ofEpochMilli(-1),
          new Decimal128(new BigDecimal("-480.00")),
          new ObjectId(new byte[12]),
          new BinData(new byte[] {1, 2, 3}),
          new UUID(7, 8),
          new BsonTimestamp(99),
          new BsonRegularExpression("^a", "i"),
          new BsonJavaScript("x => x"),
          MaxKey.getInstance(),
          MinKey.getInstance(),
          new LinkedHashSet<>(List.of(3, 1, 2)),
          List.of(),
          new Document());

  private SampleDocuments() {}

  /** Of random fields, in documents and lists down to some depth. */
  static Document document(Random random, int depth) {
    Document document = new Document();
    int fields = random.nextInt(12);
    for (int i = 0; i < fields; i++) {
      document.append("f" + i, value(random, depth));
    }
    return document;
  }

  private static Object value(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 8 : 6);
    if (kind == 7) {
      return document(random, depth - 1);
    }
    if (kind == 6) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        list.add(value(random, depth - 1));
      }
      return list;
    }
    return kind == 5 ? "x".repeat(random.nextInt(3000)) : VALUES.get(random.nextInt(VALUES.size()));
  }
}
