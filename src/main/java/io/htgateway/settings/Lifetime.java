package io.htgateway.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Constraint of a duration for which responses are fresh or stale: zero, or from one
 * second to 365 days. Shorter ones would cost an upstream call for nearly every request.
 */
@Constraint(validatedBy = Lifetime.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT })
public @interface Lifetime {

	/**
	 * Returns the rule, which the failure quotes.
	 */
	String message() default "must be 0s, or from 1s to 365d";

	/**
	 * Returns the groups of the constraint.
	 */
	Class<?>[] groups() default {};

	/**
	 * Returns the payload of the constraint.
	 */
	Class<? extends Payload>[] payload() default {};

	/**
	 * Validator of the constraint.
	 */
	final class Validator implements ConstraintValidator<Lifetime, Duration> {

		private static final Duration MIN = Duration.ofSeconds(1);

		private static final Duration MAX = Duration.ofDays(365);

		@Override
		public boolean isValid(@Nullable Duration value, ConstraintValidatorContext context) {
			return value == null || value.isZero() || (value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0);
		}

	}

}
