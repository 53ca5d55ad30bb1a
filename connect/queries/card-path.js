// A card's way, oldest first, as GeoJSON for any map: a line through its transactions, and a point for each. The card with the most
// flagged transactions, or: make mongosh QUERY='CARD = "its token"' FILE=connect/queries/card-path.js
const card =
  globalThis.CARD ??
  db.flagged_transactions
    .aggregate([
      { $group: { _id: '$card_token', transactions: { $sum: 1 } } },
      { $sort: { transactions: -1, _id: 1 } },
      { $limit: 1 },
    ])
    .toArray()[0]?._id;
const way = db.scored_transactions
  .find({ card_token: card ?? '', 'location.lat': { $ne: null }, 'location.lon': { $ne: null } })
  .sort({ event_time: 1 })
  .toArray();
// Documents from before there were points have the two numbers alone.
const place = (transaction) => transaction.location_point?.coordinates ?? [transaction.location.lon, transaction.location.lat];
print(
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      ...(way.length > 1
        ? [{ type: 'Feature', properties: { card }, geometry: { type: 'LineString', coordinates: way.map(place) } }]
        : []),
      ...way.map((transaction) => ({
        type: 'Feature',
        properties: {
          time: transaction.event_time.toISOString(),
          merchant: transaction.merchant,
          amount: transaction.amount.toString(),
          flagged: transaction.is_fraud,
        },
        geometry: { type: 'Point', coordinates: place(transaction) },
      })),
    ],
  }),
);
