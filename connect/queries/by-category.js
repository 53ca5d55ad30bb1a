// What was flagged at merchants of each category: how many, of how many cards, and how much.
console.table(
  db.flagged_transactions
    .aggregate([
      {
        $group: {
          _id: '$merchant_category',
          transactions: { $sum: 1 },
          cards: { $addToSet: '$card_token' },
          sum: { $sum: '$amount' },
          largest: { $max: '$amount' },
        },
      },
      { $sort: { transactions: -1, _id: 1 } },
    ])
    .toArray()
    .map((category) => ({
      category: category._id,
      transactions: Number(category.transactions),
      cards: category.cards.length,
      sum: category.sum.toString(),
      largest: category.largest.toString(),
    })),
);
