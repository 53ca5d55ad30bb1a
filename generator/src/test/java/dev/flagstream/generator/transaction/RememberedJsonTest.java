package dev.flagstream.generator.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON that many transactions share. */
class RememberedJsonTest {

  private int written;

  private final RememberedJson<Object> remembered =
      new RememberedJson<>(
          object -> {
            written++;
            return object.toString().getBytes(UTF_8);
          });

  @Test
  void isWrittenOnce() {
    Object merchant = "the only one";

    assertThat(remembered.of(merchant)).isSameAs(remembered.of(merchant));
    assertThat(written).isEqualTo(1);
  }

  @Test
  void isThatOfTheObjectAlsoWhenOthersTakeItsPlace() {
    List<Object> more = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      more.add(List.of(i));
    }

    for (int round = 0; round < 2; round++) {
      for (Object object : more) {
        assertThat(remembered.of(object)).asString(UTF_8).isEqualTo(object.toString());
      }
    }
    assertThat(written).as("more objects than places").isGreaterThan(more.size());
  }
}
