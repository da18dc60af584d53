package io.htgateway.ops.account;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.AccountsUnavailableException;
import io.htgateway.budget.account.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Statements of the months' accounts, as JSON or CSV.
 */
@Component
public final class Statements {

	private static final MediaType CSV = new MediaType("text", "csv");

	private static final MimeType CSV_UTF_8 = MimeType.valueOf("text/csv;charset=UTF-8;header=present");

	private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");

	private final Accounts accounts;

	Statements(Accounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Returns the statement of a month, or an error.
	 * @param month year and month, or null for the current one
	 */
	public Mono<WebEndpointResponse<?>> of(@Nullable String month) {
		YearMonth current = accounts.month();
		Optional<YearMonth> wanted = (month == null) ? Optional.of(current) : parse(month);
		if (wanted.isEmpty()) {
			return Mono.just(problem("month must be a year and a month, such as %s".formatted(current), List.of(),
					WebEndpointResponse.STATUS_BAD_REQUEST));
		}
		return Mono.deferContextual((request) -> accounts.statement(wanted.get())
			.<WebEndpointResponse<?>>map((statement) -> response(statement, current, isCsv(request)))
			.onErrorReturn(AccountsUnavailableException.class,
					problem("Redis, which has the accounts of all replicas, is unavailable", List.of(),
							WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE)));
	}

	private static Optional<YearMonth> parse(String month) {
		try {
			return MONTH.matcher(month).matches() ? Optional.of(YearMonth.parse(month)) : Optional.empty();
		}
		catch (DateTimeException invalid) {
			return Optional.empty();
		}
	}

	private static WebEndpointResponse<?> response(Statement statement, YearMonth current, boolean csv) {
		AccountReport report = AccountReport.of(statement);
		if (report.lines().isEmpty() && !statement.month().equals(current)) {
			return problem("there is no account of %s".formatted(statement.month()), report.months(),
					WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return csv ? new WebEndpointResponse<>(AccountCsv.of(report), CSV_UTF_8) : new WebEndpointResponse<>(report);
	}

	// JSON, even for a client that accepts only CSV.
	private static WebEndpointResponse<?> problem(String error, List<String> months, int status) {
		return new WebEndpointResponse<>(new AccountReport.Problem(error, months), status,
				MimeTypeUtils.APPLICATION_JSON);
	}

	// JSON, unless CSV is preferred.
	private static boolean isCsv(ContextView request) {
		return ServerWebExchangeContextFilter.getExchange(request)
			.map((exchange) -> exchange.getRequest().getHeaders().getAccept())
			.stream()
			.flatMap(List::stream)
			.filter((type) -> type.includes(CSV) || type.includes(MediaType.APPLICATION_JSON))
			.reduce((first, second) -> (second.getQualityValue() > first.getQualityValue()) ? second : first)
			.filter((type) -> !type.includes(MediaType.APPLICATION_JSON))
			.isPresent();
	}

}
