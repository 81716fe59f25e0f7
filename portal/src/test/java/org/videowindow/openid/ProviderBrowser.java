package org.videowindow.openid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser at the provider: fills in the form and follows until the provider sends it back. */
public final class ProviderBrowser {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String issuer;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    public ProviderBrowser(String issuer) {
        this.issuer = issuer;
    }

    /**
     * Signs in.
     *
     * @param authorization the address that the portal has sent the browser to
     * @return the address that the provider sends it back to
     */
    public URI signIn(String authorization, String name) {
        String location = authorization;
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(location)));
            if (answer.statusCode() == 200) {
                answer = fillIn(answer.body(), name);
            }
            location = URI.create(issuer)
                    .resolve(answer.headers()
                            .firstValue("Location")
                            .orElseThrow(() -> new AssertionError("The provider leads nowhere")))
                    .toString();
            if (!location.startsWith(issuer)) {
                return URI.create(location);
            }
        }
        throw new AssertionError("The provider leads in circles");
    }

    private HttpResponse<String> fillIn(String form, String name) {
        Matcher csrf = CSRF.matcher(form);
        if (!csrf.find()) {
            throw new AssertionError("There is no form: " + form);
        }
        String body = "username=" + encoded(name) + "&password=" + encoded(OpenIdProvider.PASSWORD) + "&_csrf="
                + encoded(csrf.group(1));
        return send(HttpRequest.newBuilder(URI.create(issuer + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.header("Accept", "text/html")
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
