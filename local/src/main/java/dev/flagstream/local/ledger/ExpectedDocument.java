package dev.flagstream.local.ledger;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What must be in the store of one flagged transaction, recomputed from the input topic.
 *
 * @param ruleHits the codes of the rules; none if the model alone flagged it
 * @param scores what the model gave it, each time it was scored; none without a model
 */
record ExpectedDocument(
    String id,
    String cardNumber,
    String cardToken,
    BigDecimal amount,
    String category,
    List<String> ruleHits,
    Set<Double> scores,
    long eventTimeMs) {}
