package dev.flagstream.local.ledger;

import java.math.BigDecimal;
import java.util.List;

/** What must be in the store of one flagged transaction, recomputed from the input topic. */
record ExpectedDocument(
    String id,
    String cardNumber,
    String cardToken,
    BigDecimal amount,
    String category,
    List<String> reasons,
    long eventTimeMs) {}
