package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Locale;

/** {@code GEO_DISTANCE}. */
@UdfDescription(
    name = "geo_distance",
    category = FunctionCategory.OTHER,
    description =
        "The great-circle distance of two points given in decimal degrees, on a sphere of the"
            + " radius of the Earth.")
public class GeoDistance {

  private static final double EARTH_RADIUS_KM = 6371;
  private static final double EARTH_RADIUS_MILES = 3959;

  @Udf(description = "The distance in kilometres.")
  public Double geoDistance(
      @UdfParameter("lat1") Double lat1,
      @UdfParameter("lon1") Double lon1,
      @UdfParameter("lat2") Double lat2,
      @UdfParameter("lon2") Double lon2) {
    return distance(lat1, lon1, lat2, lon2, EARTH_RADIUS_KM);
  }

  @Udf(description = "The distance in a unit: KM, which NULL stands for as well, or MI.")
  public Double geoDistance(
      @UdfParameter("lat1") Double lat1,
      @UdfParameter("lon1") Double lon1,
      @UdfParameter("lat2") Double lat2,
      @UdfParameter("lon2") Double lon2,
      @UdfParameter("units") String unit) {
    return distance(lat1, lon1, lat2, lon2, radius(unit));
  }

  private static double radius(String unit) {
    if (unit == null || unit.isBlank()) {
      return EARTH_RADIUS_KM;
    }
    return switch (unit.trim().toUpperCase(Locale.ROOT)) {
      case "KM", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES" -> EARTH_RADIUS_KM;
      case "MI", "MILE", "MILES" -> EARTH_RADIUS_MILES;
      default ->
          throw new IllegalArgumentException(
              "GEO_DISTANCE knows the units KM and MI, not '" + unit + "'");
    };
  }

  /**
   * By the haversine formula, which stays exact for points close to each other; in strict
   * arithmetic, so that every machine computes the same bits.
   */
  private static Double distance(
      Double lat1, Double lon1, Double lat2, Double lon2, double radius) {
    if (lat1 == null || lon1 == null || lat2 == null || lon2 == null) {
      return null;
    }
    requireDegrees(lat1, 90);
    requireDegrees(lat2, 90);
    requireDegrees(lon1, 180);
    requireDegrees(lon2, 180);
    double halfLat = StrictMath.sin(radians(lat2 - lat1) / 2);
    double halfLon = StrictMath.sin(radians(lon2 - lon1) / 2);
    double meridians = StrictMath.cos(radians(lat1)) * (halfLon * halfLon);
    double a = halfLat * halfLat + meridians * StrictMath.cos(radians(lat2));
    return radius * 2 * StrictMath.asin(StrictMath.sqrt(a));
  }

  private static double radians(double degrees) {
    return degrees / 180.0 * Math.PI;
  }

  private static void requireDegrees(double degrees, int limit) {
    if (Math.abs(degrees) > limit) {
      throw new IllegalArgumentException(
          "GEO_DISTANCE needs latitudes within [-90, 90] and longitudes within [-180, 180]");
    }
  }
}
