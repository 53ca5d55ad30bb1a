/** The report of a training as one page. */
package dev.flagstream.training.page;
