// Cards with the most flagged: how many transactions, their sum, the highest score, when last.
// TOP=20 before it shows more: make mongosh QUERY='TOP = 20' FILE=connect/queries/top-cards.js
console.table(
  db.flagged_transactions
    .aggregate([
      {
        $group: {
          _id: '$card_token',
          last4: { $last: '$card_last4' },
          transactions: { $sum: 1 },
          sum: { $sum: '$amount' },
          highest_score: { $max: '$fraud_score' },
          last: { $max: '$event_time' },
        },
      },
      { $sort: { transactions: -1, sum: -1, _id: 1 } },
      { $limit: globalThis.TOP ?? 10 },
    ])
    .toArray()
    .map((card) => ({
      card: `${card._id.slice(0, 12)}… ${card.last4}`,
      transactions: Number(card.transactions),
      sum: card.sum.toString(),
      'highest score': card.highest_score,
      last: card.last.toISOString(),
    })),
);
