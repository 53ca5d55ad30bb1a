package dev.flagstream.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Structs made without Connect's checks are the structs that it makes. */
class StructsTest {

  private static final SqlType.Struct PLACE =
      new SqlType.Struct(
          List.of(
              new SqlType.Field("CITY", SqlType.STRING), new SqlType.Field("LAT", SqlType.DOUBLE)));

  private static final Schema PLACES =
      ConnectSchemas.of(
          new SqlType.Struct(
              List.of(new SqlType.Field("ID", SqlType.BIGINT), new SqlType.Field("PLACE", PLACE))));

  private static final Struct BONN =
      new Struct(ConnectSchemas.of(PLACE)).put("CITY", "Bonn").put("LAT", 50.73);

  @Test
  void aStructOfTypedValuesEqualsOneThatWasFilledFieldByField() {
    Object[] values = {7L, Structs.ofTyped(ConnectSchemas.of(PLACE), new Object[] {"Bonn", 50.73})};

    Struct made = Structs.ofTyped(PLACES, values);

    assertThat(made).isEqualTo(new Struct(PLACES).put("ID", 7L).put("PLACE", BONN));
    made.validate();
    values[0] = 8L;
    assertThat(made.getInt64("ID")).isEqualTo(7);
  }

  @Test
  void aStructOfAnyValuesEqualsOneThatWasFilledFieldByField() {
    assertThat(Structs.of(PLACES, new Object[] {7L, BONN}))
        .isEqualTo(new Struct(PLACES).put("ID", 7L).put("PLACE", BONN));
    assertThat(Structs.of(PLACES, new Object[] {null, null})).isEqualTo(new Struct(PLACES));
  }

  @Test
  void thePublicWayMakesTheSame() {
    Object[] values = {7L, BONN};

    assertThat(Structs.checked(PLACES, values))
        .isEqualTo(Structs.of(PLACES, values))
        .isEqualTo(Structs.ofTyped(PLACES, values));
  }

  @Test
  void whatForeignCodeGivesIsChecked() {
    Struct other =
        new Struct(SchemaBuilder.struct().field("TOWN", Schema.STRING_SCHEMA).optional().build());

    assertThatThrownBy(() -> Structs.of(PLACES, new Object[] {7L, other}))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> Structs.of(PLACES, new Object[] {"7", BONN}))
        .isInstanceOf(DataException.class);
  }
}
