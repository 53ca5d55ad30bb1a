package dev.flagstream.local.health;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells readers that fall behind from those that are merely at work, by two looks at what they have
 * left. Immutable as long as nobody changes its maps.
 *
 * @param before how many records each had left, by name; without those that had none
 * @param after the same some seconds later
 */
record BacklogGrowth(Map<String, Long> before, Map<String, Long> after) {

  /** Those that have much left, and no less than before: name to how many more. */
  SortedMap<String, Long> fallingBehind() {
    TreeMap<String, Long> falling = new TreeMap<>();
    after.forEach(
        (name, left) -> {
          long more = left - before.getOrDefault(name, 0L);
          if (left > PipelineProbe.AT_WORK && more >= 0) {
            falling.put(name, more);
          }
        });
    return falling;
  }
}
