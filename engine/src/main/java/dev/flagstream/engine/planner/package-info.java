/** What a statement means: each is planned against the streams and tables there are, or refused. */
package dev.flagstream.engine.planner;
