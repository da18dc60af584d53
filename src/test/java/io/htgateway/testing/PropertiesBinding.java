package io.htgateway.testing;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.settings.SettingsConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Binds a record of configuration properties as the gateway does when it starts, but for
 * the gateway's own <code>application.yaml</code>.
 *
 * @param type the record
 * @param configuration a class that enables it
 */
public record PropertiesBinding<T>(Class<T> type, Class<?> configuration) {

	/**
	 * The record, bound to the given pairs of a property and its value.
	 */
	public T bind(String... pairs) {
		List<T> bound = new ArrayList<>();
		runner(pairs).run((context) -> {
			assertThat(context).hasNotFailed();
			bound.add(context.getBean(type));
		});
		return bound.getFirst();
	}

	/**
	 * All that is said of why the record cannot be bound to the given pairs.
	 */
	public String failure(String... pairs) {
		StringBuilder messages = new StringBuilder();
		runner(pairs).run((context) -> {
			assertThat(context).hasFailed();
			for (Throwable failure = context.getStartupFailure(); failure != null; failure = failure.getCause()) {
				messages.append(failure).append('\n');
			}
		});
		return messages.toString();
	}

	private ApplicationContextRunner runner(String... pairs) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class,
					ValidationAutoConfiguration.class))
			.withUserConfiguration(configuration, SettingsConfiguration.class)
			.withPropertyValues(pairs);
	}

}
