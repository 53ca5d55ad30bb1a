package dev.flagstream.benchmarks.flink;

import dev.flagstream.udf.IsFraud;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/** IS_FRAUD of Flink SQL, by the class that is IS_FRAUD of ours. Never NULL. */
public final class IsFraudFunction extends ScalarFunction {

  private static final long serialVersionUID = 1;

  private transient IsFraud rule;

  @Override
  public void open(FunctionContext context) {
    rule = new IsFraud();
  }

  /**
   * Whether the rules find a transaction suspicious.
   *
   * @param amount in the card's currency; may be null
   * @param city of the transaction; may be null
   */
  public boolean eval(Double amount, String city) {
    return rule.isFraud(amount, city);
  }
}
