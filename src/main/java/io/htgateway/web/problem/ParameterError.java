package io.htgateway.web.problem;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One invalid parameter of a request.
 *
 * @param parameter its name
 * @param message the rule that it breaks
 * @param rejected the received value, at most 100 characters of it, or null
 */
@Schema(description = "One invalid parameter")
public record ParameterError(@Schema(description = "Name of the parameter", example = "limit") String parameter,
		@Schema(description = "Rule that the parameter breaks",
				example = "must be an integer from 1 to 1000") String message,
		@Schema(description = "Received value, at most 100 characters of it",
				example = "0") @Nullable String rejected) {

	private static final int MAX_LENGTH = 100;

	public ParameterError {
		if (rejected != null && rejected.length() > MAX_LENGTH) {
			int end = Character.isHighSurrogate(rejected.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
			rejected = rejected.substring(0, end) + "...";
		}
	}

}
