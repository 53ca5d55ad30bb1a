package dev.flagstream.engine.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * How stores on disk are set up beyond Kafka Streams' defaults.
 *
 * <p>Most look-ups of a windowed aggregation are for groups that are not there yet: a filter over
 * the keys in memory answers them without a search. Thread-safe.
 */
public final class StateStoreTuning implements RocksDBConfigSetter {

  /** The filter's share of the write buffer: 16 bits for each entry of 100 bytes. */
  private static final double FILTER_SHARE = 0.02;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    options.setMemtableWholeKeyFiltering(true);
    options.setMemtablePrefixBloomSizeRatio(FILTER_SHARE);
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing was made that has to be closed.
  }
}
