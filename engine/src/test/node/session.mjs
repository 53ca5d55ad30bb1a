// What an application does with ksqldb-client, step by step. Each line of output is one step: its
// name, a tab, and what the client made of the answer, as JSON. Usage: node session.mjs PORT
import KsqldbClient from "ksqldb-client";

const client = new KsqldbClient({ host: "http://127.0.0.1", port: Number(process.argv[2]) });
const tell = (step, result) => console.log(`${step}\t${JSON.stringify(result)}`);
const outcome = ({ status, error }) => ({ status, error: error?.message });

await client.connect();

tell(
  "create",
  outcome(
    await client.executeStatement(
      "CREATE STREAM ${name} (card STRING KEY, amount DOUBLE)" +
        " WITH (KAFKA_TOPIC='npm_payments', PARTITIONS=1, VALUE_FORMAT='JSON');",
      { sessionVariables: { name: "npm_payments" } },
    ),
  ),
);
tell(
  "create table",
  outcome(
    await client.executeStatement(
      "CREATE TABLE npm_totals AS SELECT card, COUNT(*) AS n, SUM(amount) AS total" +
        " FROM npm_payments GROUP BY card;",
      { streamProperties: { "ksql.streams.auto.offset.reset": "earliest" } },
    ),
  ),
);
const streams = await client.listStreams();
tell(
  "list streams",
  streams.map(({ name, topic }) => ({ name, topic })),
);

// A push query, rows as they come; it ends because we say so, in the middle of it.
const rows = [];
let queryId;
const pushed = client.streamQuery(
  "SELECT card, amount FROM npm_payments EMIT CHANGES;",
  async ({ metadata, rows: arrived }) => {
    queryId ??= metadata.queryId;
    rows.push(...(arrived ?? []));
    if (rows.length === 3) {
      tell("terminate", outcome(await client.terminatePushQuery(queryId)));
    }
  },
  { streamsProperties: { "auto.offset.reset": "earliest" } },
);
for (const row of [
  { card: "4111", amount: 10.5 },
  { card: "4222", amount: 99 },
  { card: "4111", amount: 2 },
]) {
  const { status, error, data } = await client.insertInto("npm_payments", row);
  tell("insert", { status, error: error?.message, acknowledged: data?.rows });
}
tell("push query", { ...outcome(await pushed), rows });

// A pull query, asked until what was inserted has gone through.
let totals;
do {
  totals = await client.query("SELECT card, n, total FROM npm_totals WHERE card = '4111';");
} while (totals.status === 200 && totals.data.rows[0]?.N !== 2);
tell("pull query", { status: totals.status, rows: totals.data?.rows });

tell("unknown table", outcome(await client.query("SELECT * FROM nowhere WHERE id = 1;")));
tell("unknown column", outcome(await client.executeStatement("DESCRIBE nowhere;")));
tell(
  "wrong insert",
  outcome(await client.insertInto("npm_payments", { card: "4333", amount: "much" })),
);

await client.disconnect();
