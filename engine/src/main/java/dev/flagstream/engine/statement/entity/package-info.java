/** The answers of statements, as records whose JSON form is that of ksqlDB's REST API. */
package dev.flagstream.engine.statement.entity;
