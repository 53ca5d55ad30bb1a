/** What is asked of H2O and what it answers, as it goes to its process and back. */
package dev.flagstream.training.h2o.task;
