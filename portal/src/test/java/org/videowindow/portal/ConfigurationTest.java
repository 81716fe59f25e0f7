package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.videowindow.portal.oidc.OidcProviderProperties;
import org.videowindow.portal.shard.ShardProperties;
import org.videowindow.portal.web.WebProperties;

class ConfigurationTest {
    private final ApplicationContextRunner portal =
            new ApplicationContextRunner().withUserConfiguration(PropertiesOnly.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PortalProperties.class)
    static class PropertiesOnly {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "portal.pubic-url=x | unknown key: portal.pubic-url",
                "portal.token.lfe=3m | unknown key: portal.token.lfe",
                "portal.shards[0].domaine=a | unknown key: portal.shards[0].domaine",
                "portal.public-url=meet.example.org | portal.public-url must be",
                "portal.public-url=ftp://meet.example.org | portal.public-url must be",
                "portal.public-url=https://meet.example.org/portal | portal.public-url must have no path",
                "portal.token.life=soon | portal.token.life",
                "portal.token.life=1s | portal.token.life must be between 30s and 24h",
                "portal.token.key-life=1m | portal.token.key-life must be between",
                "portal.token.issuer= | portal.token.issuer must not be empty",
                "portal.session.access-life=1s | portal.session.access-life must be between",
                "portal.session.refresh-life=1m | portal.session.refresh-life must be between",
                "portal.session.life=1d | unknown key: portal.session.life",
                "portal.password.min-length=4 | portal.password.min-length must be between 8 and 64",
                "portal.password.memory-kib=64 | portal.password.memory-kib must be between",
                "portal.limits.meetings-per-account=0 | portal.limits.meetings-per-account must be at least 1",
                "portal.limits.meetings-per-account=many | portal.limits.meetings-per-account",
                "portal.limits.window=2d | portal.limits.window must be between",
                "portal.limits.request-bytes=1 | portal.limits.request-bytes must be between",
                "portal.web.connect-sources=wss://a/b | portal.web.connect-sources must list origins",
                "portal.web.connect-sources=wss://a; script-src * | portal.web.connect-sources must list origins",
                "portal.web.cors-origins=* | portal.web.cors-origins must list origins",
                "portal.turn.urls=turn:a:3478 | portal.turn.secret-file must name the file",
                "portal.turn.urls=http://a | portal.turn.urls must list addresses",
                "portal.turn.life=1s | portal.turn.life must be between",
                "portal.conference.web-socket-url=https://meet.example.org | portal.conference.web-socket-url must be",
                "portal.conference.web-socket-url=wss://a b | portal.conference.web-socket-url must be",
                "portal.audit.keep=1h | portal.audit.keep must be between",
                "portal.administrators=ada | portal.administrators must list e-mail addresses",
                "portal.mail.host=smtp.example.org | portal.mail.from must be",
                "portal.mail.username=ada | portal.mail.password-file must name",
                "portal.mail.tls=ssl | portal.mail.tls",
                "portal.mail.port=0 | portal.mail.port must be between",
                "portal.oidc.providers[0].id=A | portal.oidc.providers[].id must have",
                "portal.oidc.providers[0].id=a | portal.oidc.providers[].issuer of provider 'a'",
                "portal.shards[0].region=eu | portal.shards[].id must have",
                "portal.shards[0].id=a | portal.shards[].web-socket-url of shard 'a'",
            })
    void aKeyOrValueThatCannotBeStopsTheStartWithASentenceThatNamesIt(String setting, String sentence) {
        portal.withPropertyValues(setting).run(context -> {
            assertThat(context).hasFailed();
            String said = StartFailure.sentence(context.getStartupFailure()).orElseThrow();
            assertThat(said).contains(sentence);
            assertThat(said.lines()).hasSize(1);
        });
    }

    @Test
    void aShardNeedsADomainInLowerCaseAndAnIdOfItsOwn() {
        String[] shard = {"portal.shards[0].id=a", "portal.shards[0].web-socket-url=wss://a.example.org/ws/"};
        failsWith("portal.shards[].domain of shard 'a'", shard);
        failsWith("portal.shards[].domain of shard 'a'", shard[0], shard[1], "portal.shards[0].domain=A.example.org");
        failsWith(
                "portal.shards names the id 'a' twice",
                shard[0],
                shard[1],
                "portal.shards[0].domain=a.example.org",
                "portal.shards[1].id=a",
                "portal.shards[1].web-socket-url=wss://b.example.org/ws/",
                "portal.shards[1].domain=b.example.org");
    }

    @Test
    void aSlashAtTheEndOfThePublicAddressDoesNotMatter() {
        portal.withPropertyValues("portal.public-url=https://meet.example.org/").run(context -> {
            PortalProperties properties = context.getBean(PortalProperties.class);
            assertThat(properties.publicOrigin()).isEqualTo("https://meet.example.org");
            assertThat(properties.secure()).isTrue();
        });
    }

    @Test
    void theReferenceConfigurationHasTheDefaultsOfTheCode() {
        portal.run(bare -> portal.withInitializer(new ConfigDataApplicationContextInitializer())
                .run(reference -> assertThat(reference.getBean(PortalProperties.class))
                        .isEqualTo(bare.getBean(PortalProperties.class))));
    }

    @Test
    void theReferenceConfigurationExplainsEveryKey() throws IOException {
        String yaml = new ClassPathResource("application.yaml").getContentAsString(StandardCharsets.UTF_8);
        Set<String> keys = new TreeSet<>();
        keys(PortalProperties.class, keys);
        assertThat(keys)
                .hasSizeGreaterThan(30)
                .allSatisfy(key -> assertThat(yaml).containsPattern("(?m)^ *(# *)?" + key + ":"));
    }

    @Test
    void corsIsOffUnlessAskedFor() {
        portal.run(context -> assertThat(context.getBean(PortalProperties.class).web())
                .isEqualTo(new WebProperties(List.of(), List.of())));
    }

    private void failsWith(String sentence, String... settings) {
        portal.withPropertyValues(settings)
                .run(context -> assertThat(StartFailure.sentence(context.getStartupFailure()))
                        .get()
                        .asString()
                        .contains(sentence));
    }

    private static void keys(Class<?> type, Set<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            if (component.getType().isRecord()) {
                keys(component.getType(), keys);
            } else if (component.getName().equals("providers")) {
                keys(OidcProviderProperties.class, keys);
            } else if (component.getName().equals("shards")) {
                keys(ShardProperties.class, keys);
            }
        }
    }
}
