package org.videowindow.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor.Answer;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTest extends PortalTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Test
    void listsEveryPathAndMethodOfTheApi() {
        JsonNode paths = visitor().get("/api/docs/openapi.json").json().path("paths");
        Set<String> described = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> mapped = mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(path ->
                                info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path)))
                .filter(entry -> entry.contains(" /api/v1/") || entry.contains(" /.well-known/"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mapped).hasSizeGreaterThan(10);
        assertThat(described).isEqualTo(mapped);
    }

    @Test
    void everyOperationSaysWhatItDoesAndHidesWhatCallersCannotSend() {
        JsonNode document = visitor().get("/api/docs/openapi.json").json();
        assertThat(document.path("openapi").asString()).startsWith("3.");
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.path("summary").asString()).isNotBlank();
                    operation
                            .path("parameters")
                            .forEach(parameter -> assertThat(
                                            parameter.path("name").asString())
                                    .isIn(
                                            "id",
                                            "who",
                                            "room",
                                            "tokens",
                                            "token",
                                            "query",
                                            "page",
                                            "return",
                                            "code",
                                            "state",
                                            "error",
                                            "iss",
                                            "If-Match"));
                }));
        assertThat(document.at("/components/schemas").propertyNames())
                .contains("Meeting", "Ticket", "Account", "Problem")
                .doesNotContain("SignedIn", "CsrfToken");
        assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
                .contains("code", "detail", "errors");
    }

    @Test
    void theViewerComesFromThePortalAlone() {
        Answer redirect = visitor().get("/api/docs");
        assertThat(redirect.status()).isEqualTo(302);
        String base = "/api/swagger-ui/";
        assertThat(redirect.header("Location")).endsWith(base + "index.html");
        Answer page = visitor().get(base + "index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("http://").doesNotContain("https://");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';", "default-src 'self'");
        assertThat(page.text()).doesNotContainPattern("<script>[^<]");
        for (String file : new String[] {"swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js"}) {
            assertThat(visitor().get(base + file).status()).isEqualTo(200);
        }
        assertThat(visitor().get("/api/docs/openapi.json/swagger-config").text())
                .contains("/api/docs/openapi.json")
                .doesNotContain("validator.swagger.io");
    }
}
