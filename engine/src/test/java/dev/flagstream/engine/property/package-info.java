/**
 * Properties that hold for every statement and every record: statements are drawn from the grammar,
 * records from the types of their columns, and what is checked needs no expected results.
 */
package dev.flagstream.engine.property;
