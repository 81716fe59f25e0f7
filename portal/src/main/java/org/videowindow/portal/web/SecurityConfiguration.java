package org.videowindow.portal.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.database.OutageLog;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.Problems;
import org.videowindow.portal.session.SessionCookies;
import org.videowindow.portal.session.SessionFilter;
import org.videowindow.portal.session.Sessions;

/** Who may call what, and the headers that tell browsers what not to do. What is not named here is refused. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final Duration STAY_WITH_HTTPS = Duration.ofDays(365);

    private static final String PERMISSIONS =
            "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), fullscreen=(self), "
                    + "screen-wake-lock=(self), autoplay=(self), geolocation=(), payment=(), usb=(), midi=()";

    /** The private port. Only what is exposed there can be asked at all; see management.* in application.yaml. */
    @Bean
    @Order(1)
    SecurityFilterChain privatePort(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** The private port's server shares the application's page handlers; they are not for it. */
    @Bean
    @Order(2)
    SecurityFilterChain restOfPrivatePort(HttpSecurity http, ServletContext publicServer) {
        return http.securityMatcher(request -> request.getServletContext() != publicServer)
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain documentation(HttpSecurity http, PortalProperties properties) {
        http.securityMatcher("/api/docs/**", "/api/docs", "/api/swagger-ui/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll());
        return common(http, ContentSecurityPolicy.ofDocumentation(), properties.secure())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain publicPort(
            HttpSecurity http,
            PortalProperties properties,
            Problems problems,
            OutageLog outages,
            Sessions sessions,
            SessionCookies cookies,
            CsrfCookie csrfCookie,
            CorsConfigurationSource corsSource) {
        http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(HttpMethod.POST, "/api/v1/rooms/**")
                                .access(anybodyWhoseTimeIsNotOver())
                                .requestMatchers(
                                        "/api/v1/session/**",
                                        "/api/v1/accounts",
                                        "/api/v1/rooms/**",
                                        "/api/v1/oidc/**",
                                        "/api/v1/password-resets/**",
                                        "/api/v1/email-verifications/*")
                                .permitAll()
                                .requestMatchers(
                                        "/api/v1/meetings/**",
                                        "/api/v1/account/**",
                                        "/api/v1/sessions",
                                        "/api/v1/email-verifications",
                                        "/api/v1/admin/**")
                                .authenticated()
                                .requestMatchers(HttpMethod.GET, "/**")
                                .permitAll()
                                .requestMatchers(HttpMethod.HEAD, "/**")
                                .permitAll()
                                .requestMatchers("/api/**")
                                .permitAll() // Nothing is there: the answer is not-found, not a matter of rights.
                                .anyRequest()
                                .denyAll())
                .addFilterBefore(new SessionFilter(sessions, cookies, problems, outages), AuthorizationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie.repository())
                        .ignoringRequestMatchers(request -> needsNoCsrfToken(request, cookies))
                        // The token as it is: it appears in no page, and answers that carry it are not compressed.
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, e) -> problems.write(
                                        response,
                                        SessionFilter.isExpired(request)
                                                ? ProblemCode.ACCESS_EXPIRED
                                                : ProblemCode.SIGN_IN_REQUIRED))
                        .accessDeniedHandler((request, response, e) -> problems.write(
                                response, e instanceof CsrfException ? ProblemCode.CSRF : ProblemCode.FORBIDDEN)));
        if (!properties.web().corsOrigins().isEmpty()) {
            http.cors(cors -> cors.configurationSource(corsSource));
        }
        return common(http, ContentSecurityPolicy.of(properties), properties.secure())
                .build();
    }

    /** Where both members and guests may go, nobody becomes a guest because a refresh is due. */
    private static AuthorizationManager<RequestAuthorizationContext> anybodyWhoseTimeIsNotOver() {
        return (person, context) -> new AuthorizationDecision(!SessionFilter.isExpired(context.getRequest()));
    }

    /**
     * A foreign site can make a browser send cookies, but neither a bearer token nor a refresh token in a body. Signing
     * in with {@code tokens=true} sets no cookies, so nobody can be signed in unawares by it.
     */
    private static boolean needsNoCsrfToken(HttpServletRequest request, SessionCookies cookies) {
        if (SessionFilter.hasBearer(request)) {
            return true;
        }
        return switch (request.getRequestURI()) {
            case "/api/v1/session/refresh" -> cookies.readRefresh(request).isEmpty();
            case "/api/v1/session", "/api/v1/accounts" ->
                "POST".equals(request.getMethod()) && "true".equals(request.getParameter("tokens"));
            default -> false;
        };
    }

    /** Other origins may call the API from a browser only where the operator has named them. */
    @Bean
    CorsConfigurationSource corsSource(PortalProperties properties) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.web().corsOrigins().isEmpty()) {
            CorsConfiguration cors = new CorsConfiguration();
            cors.setAllowedOrigins(properties.web().corsOrigins());
            cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
            cors.setAllowedHeaders(
                    List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, "X-XSRF-TOKEN"));
            cors.setExposedHeaders(List.of(HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER, "X-XSRF-TOKEN"));
            cors.setAllowCredentials(true);
            cors.setMaxAge(3600L);
            source.registerCorsConfiguration("/api/v1/**", cors);
        }
        return source;
    }

    /** No accounts of Spring's own; without this bean it would make one and print its password. */
    @Bean
    UserDetailsService noFrameworkAccounts() {
        return name -> {
            throw new UsernameNotFoundException("There are no such accounts");
        };
    }

    @Bean
    FilterRegistrationBean<RequestSizeFilter> requestSizeFilter(PortalProperties properties, Problems problems) {
        FilterRegistrationBean<RequestSizeFilter> registration = new FilterRegistrationBean<>(
                new RequestSizeFilter(properties.limits().requestBytes(), problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    private static HttpSecurity common(HttpSecurity http, String contentSecurityPolicy, boolean https) {
        if (https) {
            // Whether TLS ends here or at a proxy in front, which the single request does not tell.
            http.headers(headers -> headers.addHeaderWriter(
                    new StaticHeadersWriter("Strict-Transport-Security", "max-age=" + STAY_WITH_HTTPS.toSeconds())));
        }
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled()
                        .contentTypeOptions(Customizer.withDefaults())
                        .frameOptions(frame -> frame.deny())
                        .contentSecurityPolicy(csp -> csp.policyDirectives(contentSecurityPolicy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .addHeaderWriter(new StaticHeadersWriter("Permissions-Policy", PERMISSIONS)));
    }
}
