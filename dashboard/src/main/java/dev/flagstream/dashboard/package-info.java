/**
 * The page that a fraud team keeps open. It uses only what any client of the pipeline has: the SQL
 * server's REST API and MongoDB, so that it serves the local stack and a cluster alike.
 */
package dev.flagstream.dashboard;
