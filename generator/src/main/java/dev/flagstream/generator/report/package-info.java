/** One page that shows what the simulation makes: amounts, hours, frauds, a card, a customer. */
package dev.flagstream.generator.report;
