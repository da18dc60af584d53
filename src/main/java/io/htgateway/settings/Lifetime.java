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
 * A duration for which responses are stored: zero, or from a second to a year. Shorter
 * ones would spend a call on nearly every request.
 */
@Constraint(validatedBy = Lifetime.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT })
public @interface Lifetime {

	/**
	 * The text of the failure.
	 */
	String message() default "must be 0s, or from 1s to 365d";

	/**
	 * The groups of the constraint.
	 */
	Class<?>[] groups() default {};

	/**
	 * The payload of the constraint.
	 */
	Class<? extends Payload>[] payload() default {};

	/**
	 * Checks the bounds.
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
