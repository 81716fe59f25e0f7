package org.videowindow.portal.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.openid.OpenIdProvider;
import org.videowindow.openid.OpenIdProvider.Spoilt;
import org.videowindow.openid.ProviderBrowser;
import org.videowindow.portal.RunningPortal;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;

/** Signing in at real providers, and what attackers would try. */
@Tag("database")
class OidcApiTest {
    @TempDir
    private static Path folder;

    private static RunningPortal portal;
    private static OpenIdProvider company;
    private static OpenIdProvider university;

    @BeforeAll
    static void start() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), OpenIdProvider.SECRET + "\n");
        int companyPort = RunningPortal.freePort();
        int universityPort = RunningPortal.freePort();
        List<String> settings = new ArrayList<>();
        provider(settings, 0, "company", companyPort, secret);
        settings.add("portal.oidc.providers[0].name=Our company");
        provider(settings, 1, "university", universityPort, secret);
        settings.add("portal.oidc.providers[1].email-domains=example.edu");
        provider(settings, 2, "gone", RunningPortal.freePort(), secret);
        portal = RunningPortal.with(settings.toArray(String[]::new)); // The providers do not run yet.
        company = OpenIdProvider.start(companyPort, callback("company"));
        university = OpenIdProvider.start(universityPort, callback("university"));
        portal.visitor().signUp(); // The first account is special.
    }

    @AfterAll
    static void stop() {
        portal.close();
        company.close();
        university.close();
    }

    @AfterEach
    void honestAgain() {
        company.spoil(Spoilt.NOTHING);
        portal.backToNow();
    }

    @Test
    void somebodyNewGetsAnAccountAndLandsWhereTheyWanted() {
        String email = Visitor.newEmail();
        String name = person(company, email, true);
        Visitor visitor = portal.visitor();
        Answer answer = visitor.get(callbackOf(company, begin(visitor, "company", "/j/abc-defg-hij"), name));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/j/abc-defg-hij");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var account = visitor.get("/api/v1/session").json().path("account");
        assertThat(account.path("email").asString()).isEqualTo(email);
        assertThat(account.path("name").asString()).isEqualTo("Person " + name);
        assertThat(account.path("emailVerified").asBoolean()).isTrue();
        assertThat(account.path("hasPassword").asBoolean()).isFalse();
        assertThat(account.path("administrator").asBoolean()).isFalse();

        Visitor later = portal.visitor();
        assertThat(signIn(later, name)).isEqualTo("/");
        assertThat(later.accountId()).isEqualTo(account.path("id").asString());
        assertThat(later.get("/api/v1/account/data")
                        .json()
                        .at("/identities/0/subject")
                        .asString())
                .isEqualTo(name);
    }

    @Test
    void theSessionNamesTheProviders() {
        var providers = portal.visitor().get("/api/v1/session").json().at("/features/oidc");
        assertThat(providers.findValuesAsString("id")).containsExactly("company", "university", "gone");
        assertThat(providers.findValuesAsString("name")).containsExactly("Our company", "university", "gone");
    }

    @Test
    void theAddressMayComeFromTheUserInfoEndpoint() {
        String email = Visitor.newEmail();
        company.addQuiet("quiet", Map.of("email", email, "email_verified", true, "name", "Quiet"));
        Visitor visitor = portal.visitor();
        assertThat(signIn(visitor, "quiet")).isEqualTo("/");
        assertThat(visitor.email()).isEqualTo(email);
    }

    @Test
    void anAccountWithTheSameVerifiedAddressIsLinked() {
        String email = Visitor.newEmail();
        String id = portal.visitor().signUp(email, "Ada").accountId();
        portal.database()
                .sql("update account set email_verified = true where email = ?")
                .param(email)
                .update();
        Visitor visitor = portal.visitor();
        assertThat(signIn(visitor, person(company, email, true))).isEqualTo("/");
        assertThat(visitor.accountId()).isEqualTo(id);
        assertThat(visitor.get("/api/v1/session")
                        .json()
                        .at("/account/hasPassword")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anAccountWhoseAddressNobodyHasVerifiedIsNotLinked() {
        String email = Visitor.newEmail();
        portal.visitor().signUp(email, "Whoever typed this in");
        refused("oidc-email-taken", person(company, email, true));
    }

    @Test
    void anAddressThatTheProviderHasNotVerifiedIsNoneAtAll() {
        refused("oidc-email-not-verified", person(company, Visitor.newEmail(), false));
    }

    @Test
    void aKnownPersonStaysTheSameWhateverTheirAddressIsToday() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor first = portal.visitor();
        signIn(first, name);
        company.add(name, Map.of("email", Visitor.newEmail(), "email_verified", false));
        Visitor second = portal.visitor();
        assertThat(signIn(second, name)).isEqualTo("/");
        assertThat(second.accountId()).isEqualTo(first.accountId());
    }

    @Test
    void theSameSubjectAtAnotherProviderIsSomebodyElse() {
        String name = person(company, Visitor.newEmail(), true);
        university.add(name, Map.of("email", "scholar-" + name + "@example.edu", "email_verified", true));
        Visitor atCompany = portal.visitor();
        Visitor atUniversity = portal.visitor();
        signIn(atCompany, name);
        atUniversity.get(callbackOf(university, begin(atUniversity, "university", "/"), name));
        assertThat(atUniversity.accountId()).isNotEmpty().isNotEqualTo(atCompany.accountId());
    }

    @Test
    void anAddressOfAnotherDomainIsRefused() {
        String name = person(university, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        String callback = callbackOf(university, begin(visitor, "university", "/"), name);
        refused("oidc-email-not-allowed", visitor, callback);
    }

    @Test
    void aDisabledAccountIsNotLetIn() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        signIn(visitor, name);
        portal.database()
                .sql("update account set disabled = true where id = cast(? as uuid)")
                .param(visitor.accountId())
                .update();
        refused("account-disabled", name);
    }

    @Test
    void anotherStateIsRefused() {
        Visitor visitor = portal.visitor();
        String callback =
                callbackOf(company, begin(visitor, "company", "/"), person(company, Visitor.newEmail(), true));
        refused("oidc-failed", visitor, callback.replaceAll("state=[^&]{5}", "state=aaaaa"));
        refused("oidc-failed", visitor, callback.replaceAll("&?state=[^&]*", ""));
    }

    @Test
    void anotherBrowserCannotFinishWhatOneBegan() {
        Visitor victim = portal.visitor();
        Visitor attacker = portal.visitor();
        String callback =
                callbackOf(company, begin(attacker, "company", "/"), person(company, Visitor.newEmail(), true));
        begin(victim, "company", "/");
        refused("oidc-failed", victim, callback);
        refused("oidc-failed", portal.visitor(), callback);
    }

    @Test
    void anAnswerThatWasUsedIsWorthless() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        String callback = callbackOf(company, begin(visitor, "company", "/"), name);
        assertThat(visitor.get(callback).header("Location")).isEqualTo("/");
        Visitor again = portal.visitor().withCookie("VW_OIDC", String.valueOf(visitor.cookie("VW_OIDC")));
        refused("oidc-failed", again, callback);
    }

    @Test
    void aCodeThatWasUsedIsWorthlessWithAStateOfOnesOwnToo() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        String callback = callbackOf(company, begin(visitor, "company", "/"), name);
        visitor.get(callback);
        Visitor attacker = portal.visitor();
        String state = query(URI.create(begin(attacker, "company", "/")), "state");
        refused("oidc-failed", attacker, callback.replaceAll("state=[^&]*", "state=" + state));
    }

    @Test
    void aCodeOfSomebodyElsesSignInDoesNotFitOnesOwn() {
        Visitor victim = portal.visitor();
        String stolen = callbackOf(company, begin(victim, "company", "/"), person(company, Visitor.newEmail(), true));
        Visitor attacker = portal.visitor();
        String state = query(URI.create(begin(attacker, "company", "/")), "state");
        refused("oidc-failed", attacker, stolen.replaceAll("state=[^&]*", "state=" + state));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANOTHER_NONCE", "NO_NONCE"})
    void anIdTokenWithoutOurNonceIsRefused(Spoilt how) {
        company.spoil(how);
        refused("oidc-failed", person(company, Visitor.newEmail(), true));
    }

    @Test
    void oneProviderCannotAnswerForAnother() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        String callback = callbackOf(company, begin(visitor, "company", "/"), name);
        refused("oidc-failed", visitor, callback.replace("/company/", "/university/"));

        Visitor other = portal.visitor();
        String named = callbackOf(company, begin(other, "company", "/"), name);
        refused(
                "oidc-failed",
                other,
                named.replaceAll("&iss=[^&]*", "") + "&iss="
                        + URLEncoder.encode(university.issuer(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example"})
    void nobodyIsSentToAnotherSite(String target) {
        Visitor visitor = portal.visitor();
        String authorization = begin(visitor, "company", target);
        Answer answer = visitor.get(callbackOf(company, authorization, person(company, Visitor.newEmail(), true)));
        assertThat(answer.header("Location")).isEqualTo("/");
    }

    @Test
    void whoBreaksItOffIsToldSo() {
        Visitor visitor = portal.visitor();
        String state = query(URI.create(begin(visitor, "company", "/")), "state");
        refused(
                "oidc-refused",
                visitor,
                "/api/v1/oidc/company/callback?error=access_denied&state=" + state + "&iss="
                        + URLEncoder.encode(company.issuer(), StandardCharsets.UTF_8));
    }

    @Test
    void aSignInThatTakesTooLongIsOver() {
        Visitor visitor = portal.visitor();
        String callback =
                callbackOf(company, begin(visitor, "company", "/"), person(company, Visitor.newEmail(), true));
        portal.clock().move(PendingSignIns.LIFE.plus(Duration.ofSeconds(1)));
        refused("oidc-failed", visitor, callback);
    }

    @Test
    void aProviderThatIsAwayStopsNothingElse() {
        Answer answer = portal.visitor().get("/api/v1/oidc/gone/start");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/sign-in?error=oidc-unavailable");
        assertThat(portal.visitor().get("/api/v1/oidc/none/start").status()).isEqualTo(404);
    }

    @Test
    void whatOnePortalBeganAnotherFinishes() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret-2"), OpenIdProvider.SECRET);
        List<String> settings = new ArrayList<>();
        provider(settings, 0, "company", URI.create(company.issuer()).getPort(), secret);
        try (RunningPortal second = portal.sibling(settings.toArray(String[]::new))) {
            String email = Visitor.newEmail();
            Visitor visitor = portal.visitor();
            String callback = callbackOf(company, begin(visitor, "company", "/"), person(company, email, true));
            Visitor there = second.visitor().withCookie("VW_OIDC", String.valueOf(visitor.cookie("VW_OIDC")));
            assertThat(there.get(callback).header("Location")).isEqualTo("/");
            assertThat(there.email()).isEqualTo(email);
        }
    }

    @Test
    void deletingAnAccountWithoutAPasswordNeedsAFreshSignIn() {
        String name = person(company, Visitor.newEmail(), true);
        Visitor visitor = portal.visitor();
        signIn(visitor, name);
        visitor.arrive();
        portal.clock().move(Duration.ofMinutes(11));
        assertThat(visitor.delete("/api/v1/account").code()).isEqualTo("sign-in-again");
        portal.backToNow();
        assertThat(visitor.delete("/api/v1/account").status()).isEqualTo(204);
        Visitor again = portal.visitor();
        assertThat(signIn(again, name)).as("a new account").isEqualTo("/");
        assertThat(again.accountId()).isNotEmpty();
    }

    private static void refused(String code, String name) {
        Visitor visitor = portal.visitor();
        refused(code, visitor, callbackOf(company, begin(visitor, "company", "/"), name));
    }

    private static void refused(String code, Visitor visitor, String callback) {
        Answer answer = visitor.get(callback);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/sign-in?error=" + code);
        assertThat(visitor.cookie("VW_SESSION")).isNull();
    }

    /** Signs in at the company; answers where the portal sends the browser then. */
    private static String signIn(Visitor visitor, String name) {
        return visitor.get(callbackOf(company, begin(visitor, "company", "/"), name))
                .header("Location");
    }

    /** Answers where the portal sends the browser to sign in. */
    private static String begin(Visitor visitor, String provider, String returnPath) {
        Answer answer = visitor.get(
                "/api/v1/oidc/" + provider + "/start?return=" + URLEncoder.encode(returnPath, StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.setCookie("VW_OIDC")).contains("HttpOnly", "SameSite=Lax", "Path=/api/v1/oidc");
        assertThat(answer.header("Location"))
                .contains("code_challenge=", "code_challenge_method=S256", "nonce=", "state=", "response_type=code");
        return answer.header("Location");
    }

    /** Signs in there; answers path and query of the callback, for the portal that the test asks. */
    private static String callbackOf(OpenIdProvider provider, String authorization, String name) {
        URI callback = new ProviderBrowser(provider.issuer()).signIn(authorization, name);
        assertThat(callback.toString()).startsWith(portal.origin());
        return callback.getRawPath() + "?" + callback.getRawQuery();
    }

    private static String person(OpenIdProvider provider, String email, boolean verified) {
        String name = "p" + System.nanoTime();
        provider.add(name, Map.of("email", email, "email_verified", verified, "name", "Person " + name));
        return name;
    }

    private static String query(URI address, String name) {
        for (String part : address.getRawQuery().split("&")) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        throw new AssertionError(address + " has no " + name);
    }

    private static String callback(String provider) {
        return portal.origin() + "/api/v1/oidc/" + provider + "/callback";
    }

    private static void provider(List<String> settings, int index, String id, int port, Path secret) {
        String key = "portal.oidc.providers[" + index + "].";
        settings.add(key + "id=" + id);
        settings.add(key + "issuer=http://127.0.0.1:" + port);
        settings.add(key + "client-id=" + OpenIdProvider.CLIENT);
        settings.add(key + "client-secret-file=" + secret);
    }
}
