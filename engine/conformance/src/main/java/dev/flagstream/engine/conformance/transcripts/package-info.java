/**
 * Replays exchanges that were recorded with a real ksqlDB server, and tells where this engine
 * answers differently.
 */
package dev.flagstream.engine.conformance.transcripts;
