package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Checks the names and values of the gateway's own settings before any bean is built.
 */
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {

	@Bean
	static BeanFactoryPostProcessor settingsCheck(Environment environment) {
		return (beans) -> check(environment);
	}

	/**
	 * Fails with an {@link UnusableSettingsException} that names all that is wrong.
	 */
	static void check(Environment environment) {
		KnownProperties known = KnownProperties.ofTheGateway();
		List<String> problems = new ArrayList<>();
		new UnknownNames(known).forEach(environment, problems::add);
		new ValueCheck(known).forEach(environment, problems::add);
		if (!problems.isEmpty()) {
			throw new UnusableSettingsException(problems.stream().distinct().sorted().limit(10).toList());
		}
	}

}
