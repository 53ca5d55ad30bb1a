package dev.flagstream.local.erasure;

import dev.flagstream.local.scan.IdentifierSearch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What identifies a person here, and what the person did.
 *
 * @param customer as in {@code customer_id}
 * @param cardNumbers as the input topic has them, in clear
 * @param cardTokens what stands for the cards past the input topic
 * @param transactionIds of all transactions
 * @param merchants to whom something was paid, by id; a token where a transaction has no merchant
 * @param latestMs event time of the latest transaction, epoch milliseconds
 */
record Person(
    String customer,
    Set<String> cardNumbers,
    Set<String> cardTokens,
    Set<String> transactionIds,
    Set<String> merchants,
    long latestMs) {

  Person {
    cardNumbers = Set.copyOf(cardNumbers);
    cardTokens = Set.copyOf(cardTokens);
    transactionIds = Set.copyOf(transactionIds);
    merchants = Set.copyOf(merchants);
  }

  /** A search for all that identifies the person. */
  IdentifierSearch search() {
    Map<String, String> identifiers = new LinkedHashMap<>();
    identifiers.put(customer, "customer id");
    cardNumbers.forEach(number -> identifiers.put(number, "card number"));
    cardTokens.forEach(token -> identifiers.put(token, "card token"));
    return new IdentifierSearch(identifiers);
  }
}
