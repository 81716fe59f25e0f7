package org.videowindow.portal.oidc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.account.Account;
import org.videowindow.portal.account.Accounts;
import org.videowindow.portal.account.SignIns;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.oidc.OidcFailure.Reason;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.ProblemException;

/**
 * Signing in at a provider (OpenID Connect Core 1.0, section 3.1, with PKCE). What the answer is compared with lies in
 * the database under the hash of the state, and only the browser that began can go on: it has a cookie whose hash lies
 * there too. Each provider has a callback address of its own, so that one cannot be taken for the other.
 */
@RestController
@RequestMapping("/api/v1/oidc/{id}")
@Tag(name = "Accounts and session")
final class OidcController {
    private static final Logger log = LoggerFactory.getLogger(OidcController.class);
    static final String COOKIE = "VW_OIDC";
    private static final int SECRET_BYTES = 32;

    private final OidcProviders providers;
    private final PendingSignIns pendings;
    private final OidcIdentities identities;
    private final Accounts accounts;
    private final SignIns signIns;
    private final RateLimits limits;
    private final boolean secure;
    private final SecureRandom random = new SecureRandom();

    OidcController(
            OidcProviders providers,
            PendingSignIns pendings,
            OidcIdentities identities,
            Accounts accounts,
            SignIns signIns,
            RateLimits limits,
            PortalProperties properties) {
        this.providers = providers;
        this.pendings = pendings;
        this.identities = identities;
        this.accounts = accounts;
        this.signIns = signIns;
        this.limits = limits;
        this.secure = properties.secure();
    }

    @GetMapping("/start")
    @Operation(
            summary = "Sign in at a provider: a redirect for browsers",
            description = "Comes back to the path in return, or to /sign-in?error=<code>.")
    ResponseEntity<Void> start(
            @PathVariable String id,
            @Parameter(description = "path of a page of the portal")
                    @RequestParam(name = "return", required = false)
                    @Nullable
                    String returnPath,
            HttpServletRequest request,
            HttpServletResponse response) {
        OidcProviders.Provider provider = require(id);
        try {
            limits.beforeProviderSignIn(request.getRemoteAddr());
            OidcClient client = provider.client();
            String browser = cookie(request).orElseGet(this::secret);
            String state = secret();
            String nonce = secret();
            String verifier = secret();
            pendings.add(hash(state), new PendingSignIn(id, hash(browser), nonce, verifier, ReturnPath.of(returnPath)));
            response.addHeader(HttpHeaders.SET_COOKIE, setCookie(browser));
            return redirect(client.authorizationAddress(state, nonce, hash(verifier)));
        } catch (OidcFailure e) {
            return failed(id, e.reason().code(), String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return failed(id, e.code().code(), "");
        }
    }

    @GetMapping("/callback")
    @Operation(summary = "Where a provider sends the browser back to")
    ResponseEntity<Void> callback(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String iss,
            HttpServletRequest request,
            HttpServletResponse response) {
        OidcProviders.Provider provider = require(id);
        try {
            PendingSignIn pending = take(id, state, request);
            OidcClient client = provider.client();
            client.requireOwnAnswer(iss);
            if (error != null) {
                throw new OidcFailure(Reason.REFUSED, "it refuses");
            }
            if (code == null || state == null) {
                throw new OidcFailure(Reason.FAILED, "there is no code");
            }
            Account account = identities.accountOf(client.person(code, state, pending), provider.settings());
            accounts.requireEnabled(account);
            signIns.inBrowser(account, id, request, response);
            log.info("Account {} has signed in at provider {}", account.id(), id);
            return redirect(pending.returnPath());
        } catch (OidcFailure e) {
            return failed(id, e.reason().code(), String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            return failed(id, e.code().code(), "");
        }
    }

    private PendingSignIn take(String id, @Nullable String state, HttpServletRequest request) {
        PendingSignIn pending = Optional.ofNullable(state)
                .flatMap(given -> pendings.take(hash(given)))
                .orElseThrow(() -> new OidcFailure(Reason.FAILED, "nobody has begun this sign-in"));
        if (!pending.provider().equals(id)) {
            throw new OidcFailure(Reason.FAILED, "the sign-in was begun at another provider");
        }
        if (!cookie(request).map(OidcController::hash).orElse("").equals(pending.browserHash())) {
            throw new OidcFailure(Reason.FAILED, "another browser has begun this sign-in");
        }
        return pending;
    }

    private OidcProviders.Provider require(String id) {
        return providers.find(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private static ResponseEntity<Void> failed(String id, String code, String detail) {
        log.info("A sign-in at provider {} ends with {}: {}", id, code, detail);
        return redirect("/sign-in?error=" + code);
    }

    private static ResponseEntity<Void> redirect(String address) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .cacheControl(CacheControl.noStore())
                .location(URI.create(address))
                .build();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE) && cookie.getValue().matches("[A-Za-z0-9_-]{43}")) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private String setCookie(String value) {
        return ResponseCookie.from(COOKIE, value)
                .path("/api/v1/oidc")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax") // The provider sends the browser back from another site.
                .maxAge(PendingSignIns.LIFE)
                .build()
                .toString();
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 as Base64: what the database keeps, and the challenge of PKCE (RFC 7636, 4.2). */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has SHA-256.
        }
    }
}
