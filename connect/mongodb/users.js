// Users of MongoDB, each with the rights that its part needs and no others. make up runs it before anything else asks the store;
// run again, it gives users the passwords and rights that are here. The passwords are files that connect/cluster.sh makes, in the
// folder PASSWORDS. The first user of all, admin, is made by MongoDB's exception for its own machine: until there is a user.
const PASSWORDS = process.env.PASSWORDS ?? '/run/flagstream';
const DATABASE = 'flagstream';
const DECISIONS = ['scored_transactions', 'flagged_transactions'];
const WINDOWS_OF_CARDS = 'flagged_by_card_10s';
const VERDICTS = 'verdicts';
const SINKS = [
  ...DECISIONS, WINDOWS_OF_CARDS, 'flagged_by_category_10s',
  'data_quality_1m', 'data_quality_findings', 'input_volume_1m', // make quality
];

const on = (collection, ...actions) => ({ resource: { db: DATABASE, collection }, actions });
const roles = {
  // Connect, which refuses a sink whose user may not do all three, though no sink of ours removes anything.
  sink: SINKS.map((collection) => on(collection, 'insert', 'update', 'remove')),
  // collections.js: indexes, validators, how long decisions are kept.
  schema: [on('', 'createCollection', 'collMod', 'createIndex', 'dropIndex', 'listIndexes', 'listCollections')],
  // make dashboard OPTIONS='--verdicts …': what reader sees, and the one collection that people write.
  analyst: [
    on('', 'find', 'listCollections', 'listIndexes', 'collStats', 'dbStats', 'changeStream', 'killCursors'),
    on(VERDICTS, 'insert', 'update'),
  ],
  // make forget: the documents of one person, and what people have said of them.
  eraser: [...DECISIONS, WINDOWS_OF_CARDS, VERDICTS].map((collection) => on(collection, 'find', 'remove')),
  // The dashboard, the metrics, make windows, make ledger, make mongosh: MongoDB's own role.
  reader: 'read',
};

const password = (user) => {
  const file = `${PASSWORDS}/${user}.password`;
  try {
    return require('fs').readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`The password of MongoDB's user ${user} cannot be read from ${file} (${error.code}); make up makes it`);
  }
};

const admin = db.getSiblingDB('admin');
if (admin.runCommand({ connectionStatus: 1 }).authInfo.authenticatedUsers.length === 0) {
  const UNAUTHORIZED = 13;
  try {
    admin.runCommand({ createUser: 'admin', pwd: password('admin'), roles: ['root'] });
    print('admin is made');
  } catch (error) {
    // There is a user already, and so no exception any more.
    if (error.code !== UNAUTHORIZED) throw error;
  }
  admin.auth('admin', password('admin'));
}

const store = db.getSiblingDB(DATABASE);
const roleThere = (role) => store.runCommand({ rolesInfo: role }).roles.length > 0;
const userThere = (user) => store.runCommand({ usersInfo: user }).users.length > 0;
for (const [name, privileges] of Object.entries(roles)) {
  let role = privileges;
  if (Array.isArray(privileges)) {
    role = `flagstream_${name}`;
    store.runCommand({ [roleThere(role) ? 'updateRole' : 'createRole']: role, privileges, roles: [] });
  }
  const verb = userThere(name) ? 'updateUser' : 'createUser';
  store.runCommand({ [verb]: name, pwd: password(name), roles: [{ role, db: DATABASE }] });
  print(`${name} may ${Array.isArray(privileges) ? [...new Set(privileges.flatMap((each) => each.actions))].join(', ') : privileges}`);
}
