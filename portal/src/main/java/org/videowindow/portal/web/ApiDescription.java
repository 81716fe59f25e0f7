package org.videowindow.portal.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.videowindow.portal.session.SessionCookie;

/** The head of the OpenAPI document; the rest is read from the controllers when somebody asks for it. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    @Bean
    @Lazy
    OpenAPI openApi() {
        Info info = new Info().title("Video Window portal").version("1").description("""
                        Accounts, meetings and join tickets.

                        A session is the cookie VW_SESSION. Every request that changes something carries the value of \
                        the cookie XSRF-TOKEN in the header X-XSRF-TOKEN; GET /api/v1/session sets that cookie. \
                        Refusals are application/problem+json (RFC 9457) with a stable member "code" and a sentence \
                        for people in "detail".""");
        SecurityScheme session = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name(SessionCookie.NAME);
        SecurityScheme csrf = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-XSRF-TOKEN");
        return new OpenAPI()
                .info(info)
                .components(
                        new Components().addSecuritySchemes("session", session).addSecuritySchemes("csrf", csrf))
                .addSecurityItem(new SecurityRequirement().addList("session").addList("csrf"));
    }
}
