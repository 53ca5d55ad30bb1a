package dev.flagstream.local.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flagstream.local.flow.InputNames;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.scan.IdentifierSearch;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topics of transactions, before and after they were scored, for those of one person. */
final class PersonFinder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String customer;
  private final IdentifierSearch search;
  private final Set<String> numbers = new TreeSet<>();
  private final Set<String> tokens = new TreeSet<>();
  private final Set<String> ids = new TreeSet<>();
  private final Set<String> merchants = new TreeSet<>();
  private long latestMs;

  PersonFinder(String customer) {
    this.customer = customer;
    this.search = new IdentifierSearch(Map.of(customer, "customer id"));
  }

  /** Who that is, as far as the topics tell; empty if they have no transaction of the customer. */
  static Optional<Person> find(TopicReader reader, String customer) {
    PersonFinder finder = new PersonFinder(customer);
    finder.read(reader, Environment.INPUT_TOPIC, false);
    finder.read(reader, Environment.SCORED_TOPIC, true);
    if (finder.ids.isEmpty()) {
      return Optional.empty();
    }
    finder.merchants.addAll(finder.tokens);
    return Optional.of(
        new Person(
            customer,
            finder.numbers,
            finder.tokens,
            finder.ids,
            finder.merchants,
            finder.latestMs));
  }

  /** Derived topics have tokens. */
  private void read(TopicReader reader, String topic, boolean derived) {
    reader.read(
        topic, each -> fieldsOf(each.value()), (each, fields) -> add(each, fields, derived));
  }

  /** Those of a record that may be about the customer; of any other none, which takes less. */
  JsonNode fieldsOf(byte[] value) {
    return search.in(value).isPresent() || hasEscapes(value)
        ? InputNames.inLowerCase(parse(value))
        : MissingNode.getInstance();
  }

  /** JSON may write a letter of the id as an escape, and must write a quote so. */
  private static boolean hasEscapes(byte[] value) {
    if (value != null) {
      for (byte each : value) {
        if (each == '\\') {
          return true;
        }
      }
    }
    return false;
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> each, JsonNode fields, boolean derived) {
    if (!customer.equals(text(fields, "customer_id"))) {
      return;
    }
    addIfThere(ids, text(fields, "transaction_id"));
    addIfThere(merchants, text(fields, "merchant_id"));
    if (derived) {
      addIfThere(tokens, text(fields, "card_token"));
      latestMs = Math.max(latestMs, fields.path("event_time").asLong());
    } else {
      addIfThere(numbers, text(fields, "card_number"));
      if (each.key() != null) {
        addIfThere(numbers, new String(each.key(), StandardCharsets.UTF_8));
      }
    }
  }

  private static String text(JsonNode fields, String name) {
    JsonNode field = fields.path(name);
    return field.isNull() ? "" : field.asText();
  }

  private static void addIfThere(Set<String> texts, String text) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }
}
