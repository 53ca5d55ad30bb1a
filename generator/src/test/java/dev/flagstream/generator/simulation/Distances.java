package dev.flagstream.generator.simulation;

import dev.flagstream.generator.transaction.Location;

/** Distances on the globe by the spherical law of cosines, unlike the simulation's own. */
final class Distances {

  private Distances() {}

  static double km(Location one, Location other) {
    double lat = Math.toRadians(one.latDegrees());
    double otherLat = Math.toRadians(other.latDegrees());
    double lon = Math.toRadians(other.lonDegrees() - one.lonDegrees());
    double cosine =
        Math.sin(lat) * Math.sin(otherLat) + Math.cos(lat) * Math.cos(otherLat) * Math.cos(lon);
    return 6_371 * Math.acos(Math.min(1, Math.max(-1, cosine)));
  }
}
