package dev.flagstream.training.batch;

/**
 * Distance on a sphere of the earth's size, by the radius that ksqlDB's GEO_DISTANCE takes
 * (formula: R. W. Sinnott, Virtues of the Haversine, 1984).
 */
final class Haversine {

  private static final double EARTH_RADIUS_KM = 6371;

  private Haversine() {}

  /** Kilometres between two points in degrees; NaN if a coordinate is. */
  static double km(double lat1, double lon1, double lat2, double lon2) {
    double phi1 = Math.toRadians(lat1);
    double phi2 = Math.toRadians(lat2);
    double halfPhi = Math.sin((phi2 - phi1) / 2);
    double halfLambda = Math.sin(Math.toRadians(lon2 - lon1) / 2);
    double h = halfPhi * halfPhi + Math.cos(phi1) * Math.cos(phi2) * halfLambda * halfLambda;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
