package org.videowindow.portal.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.videowindow.portal.PortalProperties;
import org.videowindow.portal.audit.Audit;
import org.videowindow.portal.audit.AuditKind;
import org.videowindow.portal.limit.RateLimits;
import org.videowindow.portal.problem.ProblemException;
import org.videowindow.portal.session.SessionAnswers;
import org.videowindow.portal.session.SessionCookies;
import org.videowindow.portal.session.Sessions;
import org.videowindow.portal.session.SignedIn;

/** Signing up, in and out, and who one is. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Accounts and session")
final class AccountController {
    private static final Logger log = LoggerFactory.getLogger(AccountController.class);

    private final Accounts accounts;
    private final SignIns signIns;
    private final AddressConfirmation confirmation;
    private final Sessions sessions;
    private final SessionAnswers answers;
    private final SessionCookies cookies;
    private final RateLimits limits;
    private final Audit audit;
    private final PortalProperties properties;

    AccountController(
            Accounts accounts,
            SignIns signIns,
            AddressConfirmation confirmation,
            Sessions sessions,
            SessionAnswers answers,
            SessionCookies cookies,
            RateLimits limits,
            Audit audit,
            PortalProperties properties) {
        this.accounts = accounts;
        this.signIns = signIns;
        this.confirmation = confirmation;
        this.sessions = sessions;
        this.answers = answers;
        this.cookies = cookies;
        this.limits = limits;
        this.audit = audit;
        this.properties = properties;
    }

    record SignUp(
            @Nullable String email,
            @Nullable String password,
            @Nullable String name) {}

    record Credentials(@Nullable String email, @Nullable String password) {}

    /**
     * Who is signed in.
     *
     * @param account null when nobody is
     * @param refreshable whether a refresh would bring the session back
     * @param features what this portal offers, whoever asks
     */
    record SessionView(@Nullable AccountView account, boolean refreshable, Features features) {}

    @GetMapping("/session")
    @Operation(
            summary = "Who is signed in; also sets the XSRF-TOKEN cookie",
            description =
                    "Answers 200 with account null when nobody is signed in. The CSRF token is in the cookie and, "
                            + "for clients that cannot read it, in the X-XSRF-TOKEN response header.")
    ResponseEntity<SessionView> session(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @Parameter(hidden = true) CsrfToken csrfToken,
            HttpServletRequest request) {
        AccountView account = me == null
                ? null
                : accounts.find(me.accountId()).map(AccountView::of).orElse(null);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(csrfToken.getHeaderName(), csrfToken.getToken())
                .body(new SessionView(
                        account,
                        account == null
                                && cookies.readRefresh(request)
                                        .map(sessions::refreshable)
                                        .orElse(false),
                        Features.of(properties, accounts.signUpOpen())));
    }

    @PostMapping("/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Sign up; the answer also signs in")
    SessionStarted signUp(
            @RequestBody SignUp body,
            @RequestParam(defaultValue = "false") boolean tokens,
            HttpServletRequest request,
            HttpServletResponse response) {
        limits.beforeSignUp(request.getRemoteAddr());
        Account account = accounts.signUp(body.email(), body.password(), body.name());
        log.info("Account {} has signed up", account.id());
        askForConfirmation(account);
        return begin(account, tokens, request, response);
    }

    @PostMapping("/session")
    @Operation(
            summary = "Sign in",
            description =
                    "Sets the cookies VW_SESSION and VW_REFRESH. Apps add tokens=true: then the tokens are in the "
                            + "answer, no cookies are set, and no CSRF token is needed.")
    SessionStarted signIn(
            @RequestBody Credentials body,
            @RequestParam(defaultValue = "false") boolean tokens,
            HttpServletRequest request,
            HttpServletResponse response) {
        String given = body.email() == null ? "" : body.email();
        String password = body.password() == null ? "" : body.password();
        String address = request.getRemoteAddr();
        String email = EmailAddress.parse(given).orElse("");
        limits.beforeSignIn(email, address);
        Account account = accounts.authenticate(email, password);
        limits.signedIn(email, address);
        log.info("Account {} has signed in", account.id());
        return begin(account, tokens, request, response);
    }

    @DeleteMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out")
    void signOut(
            @AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, HttpServletResponse response) {
        answers.end(request, response);
        if (me != null) {
            audit.record(AuditKind.SIGN_OUT, me.accountId(), me.accountId());
        }
    }

    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out everywhere: ends every session of yours, this one too")
    void signOutEverywhere(
            @AuthenticationPrincipal SignedIn me, HttpServletRequest request, HttpServletResponse response) {
        answers.end(request, response);
        sessions.endAll(me.accountId());
        audit.record(AuditKind.SIGN_OUT, me.accountId(), me.accountId(), "everywhere");
    }

    /** The account is made already: a mail queue that is full must not turn that into a failure. */
    private void askForConfirmation(Account account) {
        if (properties.mail().configured()) {
            try {
                confirmation.ask(account, account.email());
            } catch (ProblemException e) {
                log.warn(
                        "Account {} gets no mail now: {}",
                        account.id(),
                        e.code().code());
            }
        }
    }

    private SessionStarted begin(
            Account account, boolean tokens, HttpServletRequest request, HttpServletResponse response) {
        if (tokens) {
            SignIns.Begun begun = signIns.inApp(account, "password");
            return SessionStarted.inApp(AccountView.of(begun.account()), begun.tokens());
        }
        return SessionStarted.inBrowser(AccountView.of(signIns.inBrowser(account, "password", request, response)));
    }
}
