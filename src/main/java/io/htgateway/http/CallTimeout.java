package io.htgateway.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Constraint of a timeout for calls to another server: from 100 ms to 10 minutes.
 */
@DurationMin(millis = 100)
@DurationMax(minutes = 10)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT })
public @interface CallTimeout {

	/**
	 * Returns the message of a violation.
	 */
	String message() default "must be from 100ms to 10m";

	/**
	 * Returns the groups of the constraint.
	 */
	Class<?>[] groups() default {};

	/**
	 * Returns the payload of the constraint.
	 */
	Class<? extends Payload>[] payload() default {};

}
