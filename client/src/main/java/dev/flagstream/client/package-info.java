/**
 * Clients of the REST APIs of the pipeline's servers: the SQL server's ({@link
 * dev.flagstream.client.SqlClient}, or {@link dev.flagstream.client.SqlApi} call by call) and Kafka
 * Connect's ({@link dev.flagstream.client.ConnectClient}), all on the JDK's HTTP client.
 */
package dev.flagstream.client;
