package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;

/** UNPACK_TRANSACTION: the fields of a transaction again. Thread-safe. */
@UdfDescription(
    name = "UNPACK_TRANSACTION",
    description =
        "The transaction that PACK_TRANSACTION packed. Of many calls for one row only the first"
            + " does the work. NULL for NULL; an error for other bytes.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class UnpackTransaction {

  @Udf(
      description = "As in UNPACK_TRANSACTION(transaction)->amount.",
      schema = ValidTransaction.STRUCT)
  public Struct unpackTransaction(
      @UdfParameter(value = "transaction", description = "from PACK_TRANSACTION")
          ByteBuffer transaction) {
    return transaction == null ? null : LastUnpacked.transactionStruct(transaction);
  }
}
