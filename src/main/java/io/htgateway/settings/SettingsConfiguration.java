package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of the check of property names and values, which runs before any bean is
 * built.
 */
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {

	@Bean
	static BeanFactoryPostProcessor settingsCheck(Environment environment) {
		return (beans) -> check(environment);
	}

	/**
	 * Requires that all names and values are valid.
	 * @throws UnusableSettingsException with up to ten problems
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
