package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement.AssertTopic;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.state.BrokerTopics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers ASSERT TOPIC, which waits for a topic to appear or to go. */
public final class TopicAssertion {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final BrokerTopics topics;
  private final Duration defaultTimeout;

  public TopicAssertion(BrokerTopics topics, Duration defaultTimeout) {
    this.topics = topics;
    this.defaultTimeout = defaultTimeout;
  }

  Entity answer(String text, AssertTopic assertion) throws InterruptedException {
    long deadline = System.nanoTime() + assertion.timeout().orElse(defaultTimeout).toNanos();
    Optional<String> objection = objection(assertion);
    while (objection.isPresent() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_INTERVAL.toMillis());
      objection = objection(assertion);
    }
    if (objection.isPresent()) {
      throw RequestException.ofStatement(Code.EXPECTATION_FAILED, objection.get(), text);
    }
    return new Entity.AssertedTopic(text, assertion.topic(), assertion.exists(), List.of());
  }

  /** What speaks against the assertion at this moment. */
  private Optional<String> objection(AssertTopic assertion) {
    Optional<TopicInfo> topic = topics.find(assertion.topic());
    if (!assertion.exists()) {
      return topic.map(found -> "Topic %s exists".formatted(found.name()));
    }
    if (topic.isEmpty()) {
      return Optional.of("Topic %s does not exist".formatted(assertion.topic()));
    }
    List<String> mismatches =
        assertion.with().entrySet().stream()
            .map(setting -> mismatch(setting.getKey(), setting.getValue(), topic.get()))
            .flatMap(Optional::stream)
            .toList();
    return mismatches.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", mismatches));
  }

  private static Optional<String> mismatch(String setting, Expression expected, TopicInfo topic) {
    return switch (setting) {
      case "PARTITIONS" -> mismatch(setting, expected, topic.partitions(), topic);
      case "REPLICAS" -> mismatch(setting, expected, topic.replicas(), topic);
      default -> Optional.of("Cannot assert unknown topic property: " + setting);
    };
  }

  private static Optional<String> mismatch(
      String setting, Expression expected, int actual, TopicInfo topic) {
    long wanted = Literals.wholeNumber(setting, expected);
    return actual == wanted
        ? Optional.empty()
        : Optional.of(
            "Mismatched configuration for topic %s: For config %s, expected %d got %d"
                .formatted(topic.name(), setting.toLowerCase(Locale.ROOT), wanted, actual));
  }
}
