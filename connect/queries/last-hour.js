// The last hour of event time in windows of 10 seconds, from the table that SQL keeps (ksql/10), all categories together.
const newest = db.flagged_by_category_10s.find().sort({ window_start: -1 }).limit(1).toArray()[0];
if (newest) {
  const hourAgo = new Date(newest.window_start.getTime() - 60 * 60 * 1000);
  console.table(
    db.flagged_by_category_10s
      .aggregate([
        { $match: { window_start: { $gt: hourAgo } } },
        {
          $group: {
            _id: '$window_start',
            transactions: { $sum: '$transactions' },
            sum: { $sum: '$amount_sum' },
            largest: { $max: '$amount_max' },
          },
        },
        { $sort: { _id: 1 } },
      ])
      .toArray()
      .map((window) => ({
        window: window._id.toISOString(),
        transactions: Number(window.transactions),
        sum: window.sum.toString(),
        largest: window.largest.toString(),
      })),
  );
} else {
  print('Nothing has been flagged yet.');
}
