// Which features speak for fraud where the model alerts: in how many of its alerts each is among the five that moved the score most, and by how much on average.
console.table(
  db.flagged_transactions
    .aggregate([
      { $match: { model_alert: true } },
      { $unwind: '$reasons' },
      { $match: { 'reasons.contribution': { $gt: 0 } } },
      {
        $group: {
          _id: '$reasons.feature',
          alerts: { $sum: 1 },
          contribution: { $avg: '$reasons.contribution' },
        },
      },
      { $sort: { alerts: -1, _id: 1 } },
    ])
    .toArray()
    .map((reason) => ({
      feature: reason._id,
      alerts: Number(reason.alerts),
      'mean contribution': Number(reason.contribution.toFixed(4)),
    })),
);
