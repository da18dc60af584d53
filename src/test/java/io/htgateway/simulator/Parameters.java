package io.htgateway.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The query parameters of a request, checked as they are read.
 *
 * @param request the request
 */
record Parameters(Request request) {

	Optional<String> text(String name) {
		QueryParameter parameter = this.request.queryParameter(name);
		return parameter.isPresent() ? Optional.of(parameter.firstValue()) : Optional.empty();
	}

	Optional<String> matching(String name, Pattern pattern, String fault) {
		Optional<String> value = text(name);
		if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
			throw new BadParameterException(fault);
		}
		return value;
	}

	int integer(String name, int absent, int least, int most) {
		Pattern digits = Pattern.compile("-?\\d{1,9}");
		int value = matching(name, digits, name + " must be an integer number").map(Integer::parseInt).orElse(absent);
		if (value < least) {
			throw new BadParameterException(name + " must not be less than " + least);
		}
		if (value > most) {
			throw new BadParameterException(name + " must not be greater than " + most);
		}
		return value;
	}

	Optional<Instant> instant(String name) {
		return text(name).map((value) -> {
			try {
				return (value.length() == "2026-11-01".length())
						? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC)
						: OffsetDateTime.parse(value).toInstant();
			}
			catch (DateTimeParseException ex) {
				throw new BadParameterException(name + " must be a valid ISO 8601 date string");
			}
		});
	}

	void refuse(String name) {
		if (text(name).isPresent()) {
			throw new BadParameterException("property " + name + " should not exist");
		}
	}

}
