/** Records of a source's topic as rows: formats, headers, times, and what is unreadable. */
package dev.flagstream.engine.topology.source;
