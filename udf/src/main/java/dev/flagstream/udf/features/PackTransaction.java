package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;

/** PACK_TRANSACTION: a transaction for statements that pass it on unread. Thread-safe. */
@UdfDescription(
    name = "PACK_TRANSACTION",
    description =
        "A transaction in few bytes, for topics on its way that pass it on as it is: a row of"
            + " twenty fields is written and read at each of them. UNPACK_TRANSACTION gives it"
            + " back. NULL for NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class PackTransaction {

  @Udf(
      description =
          "Exact: each field, also NULL, comes back as it was, but for halves of characters (lone"
              + " UTF-16 surrogates), which come back as ?.")
  public ByteBuffer packTransaction(
      @UdfParameter(
              value = "transaction",
              description = "the columns of valid_transactions",
              schema = ValidTransaction.STRUCT)
          Struct transaction) {
    return transaction == null ? null : ValidTransaction.of(transaction).toBytes();
  }
}
