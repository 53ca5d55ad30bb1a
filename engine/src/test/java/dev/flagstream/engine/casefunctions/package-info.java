/**
 * Functions that ksqlDB's validation cases call and that are no part of ksqlDB: its own test jar
 * has them. These stand-ins are written from what the cases show of them. They are packed into a
 * jar of their own and loaded as any extension is, so that the cases try the function loader.
 */
package dev.flagstream.engine.casefunctions;
