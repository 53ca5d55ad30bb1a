package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.value.ByteBuffers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** A 64-bit hash of any SQL value by its contents, the same on every machine. */
final class ValueHash {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private ValueHash() {}

  static long of(Object value) {
    return mixed(raw(value));
  }

  private static long raw(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double number) {
      return Double.doubleToLongBits(number);
    }
    if (value instanceof ByteBuffer bytes) {
      return Arrays.hashCode(ByteBuffers.toArray(bytes)) * FNV_PRIME + bytes.remaining();
    }
    if (value instanceof List<?> list) {
      return list.stream().mapToLong(ValueHash::of).reduce(list.size(), (a, b) -> mixed(a) + b);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .mapToLong(entry -> mixed(of(entry.getKey())) ^ of(entry.getValue()))
          .reduce(map.size(), Long::sum);
    }
    if (value instanceof Struct struct) {
      return struct.schema().fields().stream()
          .mapToLong(field -> of(struct.get(field)))
          .reduce(1, (a, b) -> mixed(a) + b);
    }
    return ofText(String.valueOf(value));
  }

  private static long ofText(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** Spreads every bit over all others (the finalizer of SplitMix64). */
  private static long mixed(long hash) {
    long mixed = hash + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
