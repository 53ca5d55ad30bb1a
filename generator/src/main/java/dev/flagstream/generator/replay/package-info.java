/** Replays CSV files: plans what their rows become, sends them when they are due. */
package dev.flagstream.generator.replay;
