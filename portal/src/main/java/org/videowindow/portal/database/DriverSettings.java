package org.videowindow.portal.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * What the portal asks of PostgreSQL's driver unless the JDBC address says otherwise: give up on a server that does not
 * answer, and keep the values of rows (e-mail addresses, say) out of error messages, which end up in the log.
 */
@Component
final class DriverSettings implements BeanPostProcessor {
    private static final Map<String, String> SETTINGS = Map.of(
            "connectTimeout", "3", "socketTimeout", "30", "tcpKeepAlive", "true", "logServerErrorDetail", "false");

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.getJdbcUrl() != null
                && pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            SETTINGS.forEach((key, value) -> {
                if (!pool.getJdbcUrl().contains(key + "=")) {
                    pool.addDataSourceProperty(key, value);
                }
            });
            pool.setDataSource(new ReturningDataSource(new DriverDataSource(
                    pool.getJdbcUrl(),
                    pool.getDriverClassName(),
                    pool.getDataSourceProperties(),
                    pool.getUsername(),
                    pool.getPassword())));
        }
        return bean;
    }
}
