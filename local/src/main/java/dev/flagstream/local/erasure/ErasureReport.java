package dev.flagstream.local.erasure;

import java.util.List;
import java.util.Map;

/**
 * What was removed of a person, and what is left.
 *
 * @param transactions how many transactions there were
 * @param cards how many cards
 * @param documents how many documents were removed, by collection
 * @param merchants of how many merchants the latest transaction was taken out of the tables
 * @param tombstones how many entries of compacted topics were deleted
 * @param emptied topics between queries from which all was removed that every query has read,
 *     whoever it was of
 * @param remains topics that still name the person
 */
public record ErasureReport(
    int transactions,
    int cards,
    Map<String, Long> documents,
    int merchants,
    long tombstones,
    List<String> emptied,
    List<Remains> remains) {

  public ErasureReport {
    documents = Map.copyOf(documents);
    emptied = List.copyOf(emptied);
    remains = List.copyOf(remains);
  }
}
