// What was flagged near a place, nearest first: within KM kilometres of PLACE = [longitude, latitude]; by default within 50 of the latest
// flagged transaction. As in: make mongosh QUERY='PLACE = [-87.63, 41.88]; KM = 20' FILE=connect/queries/near.js
const EARTH_METRES = 6378100; // as MongoDB has it
const km = globalThis.KM ?? 50;
const place =
  globalThis.PLACE ??
  db.flagged_transactions.find({ location_point: { $ne: null } }).sort({ event_time: -1 }).limit(1).toArray()[0]?.location_point.coordinates;

if (place && !(Array.isArray(place) && place.length === 2 && Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90)) {
  throw new Error(`PLACE is ${JSON.stringify(place)}: give [longitude, latitude] in degrees, as in PLACE = [-87.63, 41.88]`);
}
if (!(km > 0)) {
  throw new Error(`KM is ${JSON.stringify(km)}: give a number of kilometres above 0`);
}

const metres = ([lon, lat], [lon2, lat2]) => {
  const [a, b, difference] = [lat, lat2, lon2 - lon].map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(difference / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
};
const computedHere = () =>
  db.flagged_transactions
    .find({ location_point: { $ne: null } })
    .toArray()
    .map((transaction) => ({ ...transaction, metres: metres(place, transaction.location_point.coordinates) }))
    .filter((transaction) => transaction.metres <= km * 1000)
    .sort((one, other) => one.metres - other.metres)
    .slice(0, 20);

const nearest = () => {
  const near = { near: { type: 'Point', coordinates: place }, distanceField: 'metres', maxDistance: km * 1000, key: 'location_point', spherical: true };
  try {
    // By a name, as the shell waits for it then: what fails is caught here.
    const found = db.flagged_transactions.aggregate([{ $geoNear: near }, { $limit: 20 }]).toArray();
    return found;
  } catch (error) {
    // Of the local store, which has not got so far, and of a MongoDB whose collections.js has not been run.
    if (error.codeName !== 'IndexNotFound' && !/not yet implemented|unable to find index/.test(error.message)) throw error;
    console.error(`$geoNear is not there (${error.message}): distances are computed here, over all that was flagged`);
    return computedHere();
  }
};
console.table(
  (place ? nearest() : []).map((transaction) => ({
    km: (transaction.metres / 1000).toFixed(1),
    time: transaction.event_time.toISOString(),
    card: `${transaction.card_token.slice(0, 8)}… ${transaction.card_last4}`,
    merchant: transaction.merchant,
    amount: transaction.amount.toString(),
  })),
);
