package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kinds of a card's transactions, as bytes. */
class CardKindsTest {

  private record Kind(int merchant, int category, int country) {}

  /** Numbers one kind after the other, each time from bytes, beside a list that does the same. */
  @Test
  void areReadAsTheyWereWrittenHoweverManyComeAndGo() {
    Random random = new Random(3);
    List<Kind> expected = new ArrayList<>();
    ByteBuffer state = bytes(CardKinds.none());
    int replaced = 0;
    for (long number = 0; number < 5_000; number++) {
      Kind kind = new Kind(1 + random.nextInt(40), random.nextInt(6), random.nextInt(3));
      CardKinds kinds = CardKinds.read(new StateReader(state));

      int place =
          kinds.number(
              kind.merchant(), kind.category(), kind.country(), number, Math.max(0, number - 60));

      if (place == expected.size()) {
        expected.add(kind);
      } else if (!expected.set(place, kind).equals(kind)) {
        replaced++;
      }
      state = bytes(kinds);
      assertThat(kinds(state)).isEqualTo(expected);
      assertThat(CardKinds.read(new StateReader(state)).hasMerchant(kind.merchant(), number))
          .isTrue();
    }
    assertThat(replaced).isGreaterThan(1_000);
  }

  @Test
  void takeAsFewBytesAsIfTheyWereWrittenAtOnce() {
    Random random = new Random(4);
    CardKinds atOnce = CardKinds.none();
    ByteBuffer oneByOne = bytes(CardKinds.none());
    for (long number = 0; number < 300; number++) {
      int merchant = 1 + random.nextInt(40);
      CardKinds kinds = CardKinds.read(new StateReader(oneByOne));
      kinds.number(merchant, merchant % 5, merchant % 3, number, 0);
      atOnce.number(merchant, merchant % 5, merchant % 3, number, 0);
      oneByOne = bytes(kinds);

      assertThat(oneByOne).isEqualTo(bytes(atOnce));
    }
  }

  private static ByteBuffer bytes(CardKinds kinds) {
    StateWriter writer = new StateWriter(16);
    kinds.writeTo(writer);
    return writer.toBuffer();
  }

  private static List<Kind> kinds(ByteBuffer state) {
    CardKinds kinds = CardKinds.read(new StateReader(state));
    List<Kind> all = new ArrayList<>();
    for (int i = 0; i < kinds.count(); i++) {
      all.add(new Kind(kinds.merchant(i), kinds.category(i), kinds.country(i)));
    }
    return all;
  }
}
