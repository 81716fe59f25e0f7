package org.videowindow.portal.web;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The web application: one page for all its routes, and its files. Files below /assets carry a hash of their content in
 * their name, so browsers may keep them for good; everything else is asked for again each time.
 */
@Configuration(proxyBeanMethods = false)
class WebPages implements WebMvcConfigurer {
    private static final String PAGE = "forward:/index.html";
    private static final List<String> ROUTES = List.of(
            "/",
            "/sign-in",
            "/sign-up",
            "/verify-email",
            "/forgot-password",
            "/reset-password",
            "/account",
            "/admin",
            "/admin/{section}",
            "/test-connection",
            "/j/{room}");

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        for (String route : ROUTES) {
            registry.addViewController(route).setViewName(PAGE);
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.noCache());
    }
}
