package org.videowindow.portal.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.videowindow.portal.oidc.OidcFailure.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The portal as a client of one provider whose metadata was read (OpenID Connect Discovery 1.0, section 4). Everything
 * it waits for ends after a few seconds, and what it reads is bounded. Used by request threads; stateless but for the
 * provider's keys, which are read again when an unknown one appears.
 */
final class OidcClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 256 * 1024;

    private final ClientRegistration registration;
    private final boolean namesItselfInAnswers;
    private final RestClientAuthorizationCodeTokenResponseClient tokens;
    private final NimbusJwtDecoder idTokens;
    private final JsonMapper json;

    private OidcClient(ClientRegistration registration, boolean namesItselfInAnswers, JsonMapper json, Clock clock)
            throws IOException {
        this.registration = registration;
        this.namesItselfInAnswers = namesItselfInAnswers;
        this.json = json;
        this.tokens = tokenClient();
        this.idTokens = idTokenDecoder(registration, clock);
    }

    /**
     * Reads a provider's metadata.
     *
     * @param callback where the provider sends browsers back to
     * @throws OidcFailure when the provider does not answer or is not the one that was configured
     */
    static OidcClient discover(OidcProviderProperties provider, String callback, JsonMapper json, Clock clock) {
        String issuer = provider.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            Map<String, Object> metadata = read(URI.create(base + "/.well-known/openid-configuration"), Map.of(), json);
            if (!issuer.equals(metadata.get("issuer"))) {
                throw new OidcFailure(Reason.UNAVAILABLE, "its metadata names another issuer");
            }
            ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId(provider.id())
                    .clientId(provider.clientId())
                    .redirectUri(callback)
                    .scope(provider.scopes());
            if (provider.clientSecretFile() == null) {
                builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
            } else {
                builder.clientSecret(
                        Files.readString(provider.clientSecretFile()).strip());
            }
            boolean names = Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported"));
            return new OidcClient(builder.build(), names, json, clock);
        } catch (IOException | IllegalArgumentException e) {
            throw new OidcFailure(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Where to send the browser to. */
    String authorizationAddress(String state, String nonce, String challenge) {
        return request(state)
                .additionalParameters(Map.of(
                        "nonce",
                        nonce,
                        PkceParameterNames.CODE_CHALLENGE,
                        challenge,
                        PkceParameterNames.CODE_CHALLENGE_METHOD,
                        "S256"))
                .build()
                .getAuthorizationRequestUri();
    }

    /** Refuses an answer that says, or should say and does not, that it comes from another provider (RFC 9207). */
    void requireOwnAnswer(@Nullable String issuer) {
        if (issuer == null ? namesItselfInAnswers : !issuer.equals(issuer())) {
            throw new OidcFailure(Reason.FAILED, "the answer is another provider's");
        }
    }

    /**
     * Turns a code into the person who has signed in.
     *
     * @throws OidcFailure when the provider does not take the code, or its ID token is not good
     */
    OidcPerson person(String code, String state, PendingSignIn pending) {
        OAuth2AccessTokenResponse answer = exchange(code, state, pending.verifier());
        Jwt idToken = idToken(answer);
        String nonce = idToken.getClaimAsString("nonce");
        if (nonce == null
                || !MessageDigest.isEqual(
                        nonce.getBytes(StandardCharsets.UTF_8), pending.nonce().getBytes(StandardCharsets.UTF_8))) {
            throw new OidcFailure(Reason.FAILED, "the ID token has not our nonce");
        }
        Map<String, Object> claims = new HashMap<>(idToken.getClaims());
        if (!claims.containsKey("email")) {
            claims.putAll(userInfo(idToken.getSubject(), answer.getAccessToken().getTokenValue()));
        }
        return OidcPerson.of(issuer(), idToken.getSubject(), claims);
    }

    private OAuth2AccessTokenResponse exchange(String code, String state, String verifier) {
        OAuth2AuthorizationRequest asked = request(state)
                .attributes(Map.of(PkceParameterNames.CODE_VERIFIER, verifier))
                .build();
        OAuth2AuthorizationResponse answered = OAuth2AuthorizationResponse.success(code)
                .redirectUri(registration.getRedirectUri())
                .state(state)
                .build();
        try {
            return tokens.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                    registration, new OAuth2AuthorizationExchange(asked, answered)));
        } catch (OAuth2AuthorizationException e) {
            throw new OidcFailure(
                    Reason.FAILED, "it does not take the code: " + e.getError().getErrorCode());
        } catch (RestClientException e) {
            throw new OidcFailure(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Jwt idToken(OAuth2AccessTokenResponse answer) {
        if (!(answer.getAdditionalParameters().get("id_token") instanceof String token)) {
            throw new OidcFailure(Reason.FAILED, "there is no ID token");
        }
        try {
            return idTokens.decode(token);
        } catch (JwtException e) {
            throw new OidcFailure(Reason.FAILED, "the ID token is not good: " + e.getMessage());
        }
    }

    /** More about the person (OpenID Connect Core 1.0, section 5.3); nothing where it is about somebody else. */
    private Map<String, Object> userInfo(String subject, String accessToken) {
        String address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
        if (address == null) {
            return Map.of();
        }
        try {
            Map<String, Object> claims =
                    read(URI.create(address), Map.of("Authorization", List.of("Bearer " + accessToken)), json);
            return subject.equals(claims.get("sub")) ? claims : Map.of();
        } catch (IOException e) {
            throw new OidcFailure(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private OAuth2AuthorizationRequest.Builder request(String state) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .redirectUri(registration.getRedirectUri())
                .scopes(registration.getScopes())
                .state(state);
    }

    private String issuer() {
        return registration.getProviderDetails().getIssuerUri();
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokenClient() {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(PATIENCE);
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .registerDefaults()
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    private static NimbusJwtDecoder idTokenDecoder(ClientRegistration registration, Clock clock) throws IOException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        Set<JWSAlgorithm> algorithms = new LinkedHashSet<>(JWSAlgorithm.Family.SIGNATURE); // None with a shared secret.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                algorithms,
                JWKSourceBuilder.create(
                                URI.create(registration.getProviderDetails().getJwkSetUri())
                                        .toURL(),
                                retriever())
                        .build()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // The validator does that.
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        OidcIdTokenValidator validator = new OidcIdTokenValidator(registration);
        validator.setClock(clock);
        decoder.setJwtValidator(validator);
        return decoder;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(URI address, Map<String, List<String>> headers, JsonMapper json)
            throws IOException {
        DefaultResourceRetriever retriever = retriever();
        retriever.setHeaders(headers);
        try {
            return json.readValue(retriever.retrieveResource(address.toURL()).getContent(), Map.class);
        } catch (JacksonException e) {
            throw new IOException("the answer is no JSON", e);
        }
    }

    private static DefaultResourceRetriever retriever() {
        int patience = (int) PATIENCE.toMillis();
        return new DefaultResourceRetriever(patience, patience, MOST_BYTES);
    }
}
