using TwilioEmu.Commands;

namespace TwilioEmu.Tests.Commands;

/// <summary>Commands that cannot be started: why, and how they would be.</summary>
public sealed class CommandProcessTests
{
    private const int NoSuchFile = 2;
    private const int NotPermitted = 13;

    [Theory]
    [InlineData(
        "npm test",
        "there is no program called \"npm test\": program and arguments stand apart (exec -- npm test), or a shell takes them together "
            + "(exec -- sh -c 'npm test')")]
    [InlineData(
        "CI=1|npm|test", "there is no program called \"CI=1\": variables are set before twilioemu, or by exec -- env CI=1 npm test")]
    [InlineData(
        "source|venv/bin/activate",
        "there is no program called \"source\" on the PATH or here; an alias, a function or a word of the shell is run by exec -- sh "
            + "-c '...'")]
    public void A_program_that_is_not_there_is_told_with_what_was_meant(string command, string told) =>
        CommandProcess.NotStarted(command.Split('|'), NoSuchFile, "").Should().Be(told);

    [Fact]
    public void A_folder_in_place_of_a_program_is_told_so() =>
        CommandProcess.NotStarted([Path.GetTempPath()], NotPermitted, "")
            .Should().Be($"{Path.GetTempPath()} is a folder, and a program is wanted (exec -- npm test)");

    [Fact]
    public void A_script_that_may_not_be_run_is_told_so() =>
        CommandProcess.NotStarted(["./test.sh"], NotPermitted, "")
            .Should().Be("./test.sh may not be run: chmod +x ./test.sh, or name what runs it (exec -- sh ./test.sh)");

    [Fact]
    public void A_script_whose_interpreter_is_missing_is_told_so()
    {
        var script = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(script, "#!/bin/nothing\r\n");
        try
        {
            CommandProcess.NotStarted([script], NoSuchFile, "").Should().Contain("what its first line names to run it is not there");
        }
        finally
        {
            File.Delete(script);
        }
    }
}
