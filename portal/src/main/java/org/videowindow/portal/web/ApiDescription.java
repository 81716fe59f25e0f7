package org.videowindow.portal.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.MediaType;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.session.SessionCookies;

/** The head of the OpenAPI document; the rest is read from the controllers when somebody asks for it. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    @Bean
    @Lazy
    OpenAPI openApi() {
        Info info = new Info().title("Video Window portal").version("1").description("""
                        Accounts, meetings and join tickets.

                        A session is the cookie VW_SESSION, whose access token POST /api/v1/session/refresh renews. \
                        Every request that changes something carries the value of the cookie XSRF-TOKEN in the header \
                        X-XSRF-TOKEN; GET /api/v1/session sets that cookie. Apps sign in with tokens=true and send \
                        their access token as Authorization: Bearer, without cookies and CSRF token. \
                        Refusals are application/problem+json (RFC 9457) with a stable member "code" and a sentence \
                        for people in "detail".""");
        SecurityScheme session = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name(SessionCookies.ACCESS);
        SecurityScheme csrf = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-XSRF-TOKEN");
        SecurityScheme bearer =
                new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer");
        return new OpenAPI()
                .info(info)
                .components(new Components()
                        .addSecuritySchemes("session", session)
                        .addSecuritySchemes("csrf", csrf)
                        .addSecuritySchemes("bearer", bearer))
                .addSecurityItem(new SecurityRequirement().addList("session").addList("csrf"))
                .addSecurityItem(new SecurityRequirement().addList("bearer"));
    }

    /** Every operation may refuse with a problem. */
    @Bean
    @Lazy
    OpenApiCustomizer problemsEverywhere() {
        Content content = new Content()
                .addMediaType(
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new io.swagger.v3.oas.models.media.MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")));
        ApiResponse refused = new ApiResponse().description("Refused").content(content);
        return document -> {
            document.getComponents().addSchemas("Problem", problem());
            document.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation.getResponses().addApiResponse("default", refused));
        };
    }

    private static Schema<?> problem() {
        StringSchema code = new StringSchema();
        code.setEnum(Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
        Schema<?> error =
                new ObjectSchema().addProperty("field", new StringSchema()).addProperty("message", new StringSchema());
        return new ObjectSchema()
                .description("Problem details (RFC 9457)")
                .addProperty("status", new IntegerSchema())
                .addProperty("title", new StringSchema())
                .addProperty("detail", new StringSchema().description("a sentence for people"))
                .addProperty("code", code.description("stable, for programs"))
                .addProperty(
                        "errors",
                        new ArraySchema().items(error).description("the wrong fields, where code is invalid"));
    }
}
