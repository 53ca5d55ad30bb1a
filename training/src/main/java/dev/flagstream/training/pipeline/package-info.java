/** What a pipeline has seen and what was said of it, as a training table. */
package dev.flagstream.training.pipeline;
