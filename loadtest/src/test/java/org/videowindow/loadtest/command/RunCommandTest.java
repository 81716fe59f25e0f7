package org.videowindow.loadtest.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options that do not go together are refused in a sentence before anything is started. */
class RunCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--churn -1                              | --churn takes 0 to the number of receivers.",
                "--churn 21                              | --churn takes 0 to the number of receivers.",
                "--churn 9 --rooms 2 --receivers 4       | --churn takes 0 to the number of receivers.",
                "--churn 1 --janus                       | --churn goes with a bridge, not with --janus or --meeting.",
                "--churn 1 --meeting https://h.test/j/a  | --churn goes with a bridge, not with --janus or --meeting.",
                "--encodings 4                           | --encodings takes 1 to 3.",
                "--janus --target http://127.0.0.1:1     | Name one of --target, --janus and --meeting.",
            })
    void whatDoesNotGoTogetherIsRefused(String arguments, String sentence) {
        List<String> said = new ArrayList<>();
        CommandLine line = new CommandLine(new RunCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            said.add(failure.getMessage());
            return 1;
        });
        assertThat(line.execute(arguments.split(" +"))).isEqualTo(1);
        assertThat(said).containsExactly(sentence);
    }
}
