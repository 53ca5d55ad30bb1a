// Makes the replica set if it is not there yet, and waits until one of its members is primary.
const members = ['mongodb', 'mongodb-2', 'mongodb-3'].map((host, id) => ({_id: id, host: host + ':27017'}));
try {
  rs.initiate({_id: 'flagstream', members: members});
  print('the replica set is made');
} catch (problem) {
  if (problem.codeName !== 'AlreadyInitialized') {
    throw problem;
  }
  print('the replica set is there');
}
const patienceSeconds = 60;
let waited = 0;
while (!rs.status().members.some(member => member.stateStr === 'PRIMARY')) {
  if (waited++ === patienceSeconds) {
    throw new Error('no member has become primary within ' + patienceSeconds + ' s');
  }
  sleep(1000);
}
print('the replica set has a primary');
