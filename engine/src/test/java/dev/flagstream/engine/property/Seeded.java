package dev.flagstream.engine.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Properties of this class are tried with the same examples at each run, unless {@code
 * -Dproperty.seed=} says another seed; {@code -Dproperty.tries=} multiplies how many are tried.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@AddLifecycleHook(Seeded.Hook.class)
@interface Seeded {

  /** Sets seed and number of tries before a property runs. */
  final class Hook implements AroundPropertyHook {

    private static final String DEFAULT_SEED = "20260102";

    @Override
    public PropagationMode propagateTo() {
      return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      context.attributes().setSeed(System.getProperty("property.seed", DEFAULT_SEED));
      int times = Integer.getInteger("property.tries", 1);
      context.attributes().tries().ifPresent(tries -> context.attributes().setTries(tries * times));
      return property.execute();
    }
  }
}
