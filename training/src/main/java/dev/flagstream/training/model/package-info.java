/** What can be trained, and with which settings. */
package dev.flagstream.training.model;
