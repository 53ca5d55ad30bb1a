package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.runtime.RowTaker;
import dev.flagstream.engine.type.SqlType;
import java.util.List;

/** The rows of a SELECT, or the records of a PRINT, ready to be fetched. */
public sealed interface QueryAnswer extends AutoCloseable {

  /** Stops whatever makes the rows; may be called at any time and more than once. */
  @Override
  void close();

  /** A column of a result; {@code key} if it is printed as a key column. */
  record ResultColumn(String name, SqlType type, boolean key) {
    /** How ksqlDB prints it in the header of a result. */
    @Override
    public String toString() {
      return "`" + name + "` " + type + (key ? " KEY" : "");
    }
  }

  /** The result of a SELECT. */
  non-sealed interface Rows extends QueryAnswer {
    /** The id that {@code /close-query} takes. */
    String queryId();

    List<ResultColumn> columns();

    /** Whether the rows come over time, so that the answer says at its end why it ends. */
    boolean isStreaming();

    /**
     * Hands over all rows, in the thread that makes them, and returns why they end; blocks until
     * then.
     *
     * @throws RequestException if the query fails on the way
     */
    String forEach(RowTaker taker) throws InterruptedException;
  }

  /** The records of a topic, as text. */
  non-sealed interface Text extends QueryAnswer {
    /** Takes pieces of text as they come. */
    interface TextConsumer {
      /**
       * Takes a piece of text; may block while the client is slow.
       *
       * @return false if no more is wanted
       */
      boolean accept(String piece) throws InterruptedException;
    }

    /** Hands over the text; blocks until its end. */
    void forEach(TextConsumer consumer) throws InterruptedException;
  }
}
