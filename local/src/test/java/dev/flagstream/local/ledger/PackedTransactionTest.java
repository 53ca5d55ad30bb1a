package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that got stuck where it travels packed is known by its id. */
class PackedTransactionTest {

  /** As PackedTransactionsTest of module udf has it. */
  private static final String VERSION_1 =
      "01010274310105633165336401043131313100015401074368696361676f014044400000";

  @Test
  void readsTheIdOfAPackedTransaction() {
    assertThat(PackedTransaction.id(column(VERSION_1))).contains("t1");
  }

  @Test
  void readsAnIdWhoseLengthTakesTwoBytes() {
    String id = "7a".repeat(300);

    assertThat(PackedTransaction.id(column("0101" + "ac02" + id + "01"))).contains("z".repeat(300));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01", "0100", "0101", "020102743101", "010103743", "0101ffffffff7f", "7b7d"})
  void findsNoneInOtherBytes(String hex) {
    String even = hex.length() % 2 == 0 ? hex : hex + "1";

    assertThat(PackedTransaction.id(column(even))).isEmpty();
  }

  @Test
  void findsNoneInOtherColumns() {
    assertThat(PackedTransaction.id(MissingNode.getInstance())).isEmpty();
    assertThat(PackedTransaction.id(JsonNodeFactory.instance.objectNode())).isEmpty();
    assertThat(PackedTransaction.id(TextNode.valueOf("not Base64!"))).isEmpty();
  }

  private static TextNode column(String hex) {
    return TextNode.valueOf(BinaryNode.valueOf(HexFormat.of().parseHex(hex)).asText());
  }
}
