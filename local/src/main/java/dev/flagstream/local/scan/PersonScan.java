package dev.flagstream.local.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.flow.InputNames;
import dev.flagstream.local.ledger.CardTokens;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;

/**
 * Looks for one person in every byte that a folder of data holds: for the customer's id, the clear
 * numbers of the cards that the input topic has of that customer, and the tokens of these cards
 * under all keys. For one thread.
 */
public final class PersonScan {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String customer;
  private final Map<String, String> identifiers = new LinkedHashMap<>();

  private PersonScan(String customer) {
    this.customer = customer;
    identifiers.put(customer, "customer id");
  }

  /**
   * What was looked for, and where it was found.
   *
   * @param identifiers how many there are, the customer's id among them
   * @param places how many records, entries or files name the person: by topic, by folder of a
   *     table, by file
   */
  public record Result(int identifiers, SortedMap<String, Long> places) {

    public Result {
      places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    /** Whether the input topic has a card of the customer. */
    public boolean hasCards() {
      return identifiers > 1;
    }
  }

  /**
   * Reads the folder of data; it may be in use.
   *
   * @param customer as in {@code customer_id}
   * @throws StackException if there is no such folder, or if it has no file of the input topic, so
   *     that nobody knows the cards
   * @throws UncheckedIOException if a file cannot be read
   */
  public static Result of(StackSettings settings, String customer) {
    if (!Files.isDirectory(settings.data())) {
      throw new StackException(
          "There is no folder %s to look into: give it with --data DIR."
              .formatted(settings.data()));
    }
    try {
      PersonScan scan = new PersonScan(customer);
      scan.findCards(settings);
      return scan.look(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what is in " + settings.data(), e);
    }
  }

  private void findCards(StackSettings settings) throws IOException {
    CardTokens tokens =
        Files.exists(settings.cardTokenKey()) ? new CardTokens(settings.cardTokenKey()) : null;
    List<KafkaSegment> segments = InputFiles.segmentsOf(settings);
    if (segments.isEmpty()) {
      throw new StackException(
          "Nobody can say whose cards to look for: %s has no file of %s. %s"
              .formatted(settings.data(), Environment.INPUT_TOPIC, InputFiles.ADVICE));
    }
    for (KafkaSegment segment : segments) {
      segment.read(each -> addCard(each, tokens));
    }
  }

  private void addCard(Record each, CardTokens tokens) {
    if (!each.hasValue()) {
      return;
    }
    try {
      JsonNode fields = InputNames.inLowerCase(JSON.readTree(Utils.toArray(each.value())));
      if (customer.equals(fields.path("customer_id").asText())) {
        String card = fields.path("card_number").asText();
        String digits = card.replaceAll("[ -]", "");
        if (!digits.isEmpty() && !identifiers.containsKey(card)) {
          identifiers.put(card, "card number");
          identifiers.put(digits, "card number");
          if (tokens != null) {
            tokens.allOf(digits).forEach(token -> identifiers.put(token, "card token"));
          }
        }
      }
    } catch (IOException e) {
      // What is no JSON names no customer in a way that could be told.
    }
  }

  private Result look(StackSettings settings) throws IOException {
    SortedMap<String, Long> places = new TreeMap<>();
    new FolderScan(
            settings,
            new IdentifierSearch(identifiers),
            (group, place, what) ->
                places.merge(group.replaceFirst("/[^/]+[.]sst$", ""), 1L, Long::sum),
            Set.of())
        .run();
    return new Result(identifiers.size(), places);
  }
}
