package org.videowindow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetUpTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--shards 1",
                "--with haproxy",
                "--with haproxy,coturn,postgresql --shards 2 --bridges 2 --portals 2 --proxies 2 --regions",
                "--with coturn,haproxy --listen 10.1.2.3",
                "--with postgresql --portals 3"
            })
    void whatWasWrittenIsReadAgain(String options) throws IOException {
        SetUp setUp = SetUp.parse(List.of(options.split(" "))).orElseThrow();
        Path file = folder.resolve("conf").resolve("set-up");
        setUp.write(file);
        assertThat(SetUp.read(file)).contains(setUp);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--with nginx | nginx",
                "--shards 0 | --shards",
                "--shards two | --shards",
                "--bridges 9 | --bridges",
                "--bridges | --bridges",
                "--portals 2 | postgresql",
                "--proxies 2 | haproxy",
                "--listen 10.1.2.3 | haproxy",
                "--with haproxy --listen 0.0.0.0 | --listen",
                "--with haproxy --listen meet.example.org | --listen"
            })
    void whatCannotBeIsRefusedByName(String options, String named) {
        assertThatThrownBy(() -> SetUp.parse(List.of(options.split(" "))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(named);
    }

    @Test
    void anUnknownOptionIsNoSetUp() {
        assertThat(SetUp.parse(List.of("--shard", "2"))).isEmpty();
    }

    @Test
    void aBrokenFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("set-up"), "--shards\nmany\n");
        assertThatThrownBy(() -> SetUp.read(file)).isInstanceOf(Refusal.class).hasMessageContaining(file.toString());
    }

    @Test
    void everyShardHasItsFocusAndTheDatabaseComesFirst() {
        SetUp setUp =
                SetUp.parse(List.of("--with", "postgresql", "--shards", "2")).orElseThrow();
        assertThat(setUp.instances())
                .extracting(Instance::name)
                .containsExactly("postgresql-1", "shard-1", "shard-2", "portal-1", "bridge-1", "focus-1", "focus-2");
    }

    @Test
    void theOnlyInstanceIsFoundByEveryOfItsNames() {
        SetUp setUp = SetUp.parse(List.of("--bridges", "2")).orElseThrow();
        for (String name : List.of("shard", "shard-1", "shard-server")) {
            assertThat(setUp.named(name)).isEqualTo(new Instance(Part.SHARD_SERVER, 1));
        }
        assertThat(setUp.named("bridge-2")).isEqualTo(new Instance(Part.VIDEOBRIDGE, 2));
        assertThatThrownBy(() -> setUp.named("videobridge")).hasMessageContaining("bridge-1, bridge-2");
    }
}
