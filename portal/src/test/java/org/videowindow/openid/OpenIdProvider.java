package org.videowindow.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * A real OpenID provider (Spring Authorization Server) on a port of its own, with a form for signing in. Not below the
 * portal's package, or the portal would take its parts for its own. Demands PKCE.
 */
public final class OpenIdProvider implements AutoCloseable {
    public static final String CLIENT = "video-window";
    public static final String SECRET = "the secret of the portal at the provider";
    public static final String PASSWORD = "password of everybody here";

    /** What ID tokens are told to say in place of the truth; null: nothing. */
    public enum Spoilt {
        NOTHING,
        ANOTHER_NONCE,
        NO_NONCE
    }

    private final ConfigurableApplicationContext context;
    private final String issuer;

    private OpenIdProvider(ConfigurableApplicationContext context, String issuer) {
        this.context = context;
        this.issuer = issuer;
    }

    /** Starts one that knows these callback addresses. */
    public static OpenIdProvider start(int port, String... callbacks) {
        String issuer = "http://127.0.0.1:" + port;
        SpringApplication application = new SpringApplication(Parts.class);
        ConfigurableApplicationContext context = application.run(
                "--spring.config.name=openid-provider",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--issuer=" + issuer,
                "--callbacks=" + String.join(",", callbacks));
        return new OpenIdProvider(context, issuer);
    }

    public String issuer() {
        return issuer;
    }

    /** Adds somebody, or changes what is known about them. */
    public void add(String name, Map<String, Object> claims) {
        context.getBean(People.class).claims.put(name, claims);
    }

    /** Somebody whose address is told by the user info endpoint only. */
    public void addQuiet(String name, Map<String, Object> claims) {
        add(name, claims);
        context.getBean(People.class).quiet.add(name);
    }

    public void spoil(Spoilt how) {
        context.getBean(People.class).spoilt = how;
    }

    @Override
    public void close() {
        context.close();
    }

    static final class People {
        private final Map<String, Map<String, Object>> claims = new ConcurrentHashMap<>();
        private final List<String> quiet = new ArrayList<>();
        private volatile Spoilt spoilt = Spoilt.NOTHING;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Parts {
        @Bean
        People people() {
            return new People();
        }

        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http, People people) {
            return http.oauth2AuthorizationServer(server -> {
                        http.securityMatcher(server.getEndpointsMatcher());
                        server.oidc(oidc -> oidc.userInfoEndpoint(info -> info.userInfoMapper(context -> {
                            String name = context.getAuthorization().getPrincipalName();
                            return OidcUserInfo.builder()
                                    .subject(name)
                                    .claims(all -> all.putAll(people.claims.get(name)))
                                    .build();
                        })));
                    })
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(handling ->
                            handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain form(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users(People people) {
            return name -> {
                if (!people.claims.containsKey(name)) {
                    throw new UsernameNotFoundException(name);
                }
                return User.withUsername(name).password("{noop}" + PASSWORD).build();
            };
        }

        @Bean
        RegisteredClientRepository clients(Environment environment) {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
                    .clientId(CLIENT)
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUris(uris -> uris.addAll(
                            List.of(environment.getRequiredProperty("callbacks").split(","))))
                    .scopes(scopes -> scopes.addAll(List.of("openid", "email", "profile")))
                    .clientSettings(
                            ClientSettings.builder().requireProofKey(true).build())
                    .build());
        }

        @Bean
        AuthorizationServerSettings settings(Environment environment) {
            return AuthorizationServerSettings.builder()
                    .issuer(environment.getRequiredProperty("issuer"))
                    .build();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        /** For the user info endpoint, which takes the provider's own tokens. */
        @Bean
        JwtDecoder accessTokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(People people) {
            return token -> {
                if (!"id_token".equals(token.getTokenType().getValue())) {
                    return;
                }
                String name = token.getPrincipal().getName();
                token.getClaims().claims(claims -> {
                    if (!people.quiet.contains(name)) {
                        claims.putAll(people.claims.get(name));
                    }
                    switch (people.spoilt) {
                        case NOTHING -> {}
                        case ANOTHER_NONCE -> claims.put("nonce", "another");
                        case NO_NONCE -> claims.remove("nonce");
                    }
                });
            };
        }
    }
}
