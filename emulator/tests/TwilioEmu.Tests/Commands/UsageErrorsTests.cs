using TwilioEmu.Commands;

namespace TwilioEmu.Tests.Commands;

/// <summary>A command line that cannot be: the point first, and no page of help.</summary>
public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("serv", "twilioemu: there is no command or argument \"serv\" (did you mean \"serve\"?)")]
    [InlineData("--prot 4010", "twilioemu: there is no option \"--prot\" (did you mean \"--port\"?)")]
    [InlineData("serve --prot 4010", "twilioemu: there is no option \"--prot\" (did you mean \"--port\"?)")]
    [InlineData("run --juint x.xml a.yaml", "twilioemu: there is no option \"--juint\" (did you mean \"--junit\"?)")]
    [InlineData("run", "twilioemu: Required argument missing for command: 'run'")]
    [InlineData("check", "twilioemu: Required argument missing for command: 'check'")]
    public void The_first_line_is_the_point(string line, string first)
    {
        var told = new StringWriter();
        UsageErrors.Tell(CommandLine.Build().Parse(line), told).Should().BeTrue();

        var lines = told.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Be(first);
        lines.Length.Should().BeLessThanOrEqualTo(4);
        lines[^1].Should().EndWith("--help tells what there is");
    }

    [Theory]
    [InlineData("exec npm test --watch")]
    [InlineData("exec --clok auto -- npm test", false)]
    public void An_option_of_the_command_that_exec_runs_stands_behind_two_dashes(string line, bool isTold = true)
    {
        var told = new StringWriter();
        UsageErrors.Tell(CommandLine.Build().Parse(line), told).Should().BeTrue();
        told.ToString().Contains("stand behind --, such as: twilioemu exec -- npm test", StringComparison.Ordinal).Should().Be(isTold);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("serve")]
    [InlineData("")]
    [InlineData("check a.yaml b.yaml")]
    [InlineData("exec -- node --test")]
    public void A_sound_command_line_is_let_through(string line)
    {
        UsageErrors.Tell(CommandLine.Build().Parse(line), TextWriter.Null).Should().BeFalse();
    }
}
