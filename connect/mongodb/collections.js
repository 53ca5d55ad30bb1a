// Indexes for what is asked of the collections, and what their documents look like. Run again, it changes nothing.
// make up runs it by itself; elsewhere: make mongosh FILE=connect/mongodb/collections.js
// KEEP_DAYS=90 before it removes decisions so many days after their transaction, KEEP_DAYS=0 keeps them again:
// make mongosh QUERY='KEEP_DAYS = 90' FILE=connect/mongodb/collections.js
const DAY_SECONDS = 24 * 60 * 60;
const SCORED = 'scored_transactions';
const FLAGGED = 'flagged_transactions';

const indexes = [
  [SCORED, { card_token: 1, event_time: 1 }], // a card's latest
  [SCORED, { event_time: 1, _id: 1 }], // the latest of all
  [FLAGGED, { card_token: 1, event_time: 1 }],
  [FLAGGED, { event_time: 1, _id: 1 }],
  [FLAGGED, { merchant_id: 1, event_time: 1 }],
  [FLAGGED, { fraud_score: -1 }], // the riskiest
  ['flagged_by_card_10s', { window_start: 1 }],
  ['flagged_by_category_10s', { window_start: 1 }],
];

// Such a document is stored all the same, and the server's log tells of it: a sink that is refused would stand still.
const schema = {
  $jsonSchema: {
    bsonType: 'object',
    required: ['_id', 'card_token', 'amount', 'event_time'],
    properties: {
      _id: { bsonType: 'string' },
      card_token: { bsonType: 'string', pattern: '^([^.]+\\.)?[0-9a-f]{64}$' }, // behind the name of a later key and a dot, if it has one
      card_last4: { bsonType: ['string', 'null'], maxLength: 4 },
      amount: { bsonType: 'decimal' },
      event_time: { bsonType: 'date' },
      fraud_score: { bsonType: ['double', 'null'], minimum: 0, maximum: 1 },
      location_point: { bsonType: ['object', 'null'], required: ['type', 'coordinates'], properties: { type: { enum: ['Point'] } } },
    },
  },
};

for (const [collection, keys] of indexes) {
  db.getCollection(collection).createIndex(keys);
}
print(`${indexes.length} indexes are there`);

// Near a place, within an area: of documents with a point, which those that were stored before there were points have not.
const NO_SUCH_INDEX = 'CommandNotSupported';
for (const collection of [SCORED, FLAGGED]) {
  try {
    db.getCollection(collection).createIndex({ location_point: '2dsphere' });
    print(`${collection}: an index of places is there`);
  } catch (error) {
    if (error.codeName !== NO_SUCH_INDEX) throw error;
    print(`${collection}: this store has no index of places (${error.message})`);
  }
}

let isMongodb = true;
for (const collection of [SCORED, FLAGGED]) {
  try {
    db.runCommand({ collMod: collection, validator: schema, validationLevel: 'moderate', validationAction: 'warn' });
    print(`${collection}: documents that look otherwise are told of in the server's log`);
  } catch (error) {
    if (error.codeName !== 'CommandNotFound') throw error;
    isMongodb = false;
    print(`${collection}: this store checks no documents (${error.message})`);
  }
}

if (globalThis.KEEP_DAYS !== undefined && !isMongodb) {
  print('This store removes nothing by itself: KEEP_DAYS is for MongoDB.');
} else if (globalThis.KEEP_DAYS !== undefined) {
  for (const collection of [SCORED, FLAGGED]) {
    const kept = db.getCollection(collection);
    const expiry = kept.getIndexes().find((index) => index.expireAfterSeconds !== undefined);
    if (expiry) kept.dropIndex(expiry.name);
    if (KEEP_DAYS > 0) kept.createIndex({ event_time: 1 }, { expireAfterSeconds: KEEP_DAYS * DAY_SECONDS });
    print(KEEP_DAYS > 0 ? `${collection}: kept for ${KEEP_DAYS} days` : `${collection}: kept for good`);
  }
}
