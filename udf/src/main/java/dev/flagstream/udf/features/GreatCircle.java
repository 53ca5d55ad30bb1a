package dev.flagstream.udf.features;

/** Distances on a sphere of the mean radius of the Earth, as ksqlDB's GEO_DISTANCE takes it. */
final class GreatCircle {

  private static final double EARTH_RADIUS_KM = 6371;

  private GreatCircle() {}

  /**
   * The distance by the haversine formula, which stays exact for points close to each other; in
   * strict arithmetic, so that every machine computes the same bits.
   *
   * @return kilometres; NaN where a coordinate is NaN or infinite
   */
  static double km(double lat1, double lon1, double lat2, double lon2) {
    double halfLat = StrictMath.sin(StrictMath.toRadians(lat2 - lat1) / 2);
    double halfLon = StrictMath.sin(StrictMath.toRadians(lon2 - lon1) / 2);
    double haversine =
        halfLat * halfLat
            + StrictMath.cos(StrictMath.toRadians(lat1))
                * StrictMath.cos(StrictMath.toRadians(lat2))
                * halfLon
                * halfLon;
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.sqrt(Math.min(1, haversine)));
  }
}
