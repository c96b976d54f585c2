using System.CommandLine;
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
    [InlineData("run --junit", "twilioemu: --junit needs a value: file for a JUnit XML report")]
    [InlineData("serve --port", "twilioemu: --port needs a value: *")]
    [InlineData("env --undo=perhaps", "twilioemu: --undo takes no value, and stands alone: not \"perhaps\"")]
    [InlineData("help", "twilioemu: there is no command or argument \"help\" (did you mean \"--help\"?)")]
    [InlineData("start", "twilioemu: there is no command or argument \"start\" (did you mean \"serve\"?)")]
    [InlineData("-p 4011", "twilioemu: there is no option \"-p\" (did you mean \"--port\"?)")]
    [InlineData("serve -port 4011", "twilioemu: there is no option \"-port\" (did you mean \"--port\"?)")]
    [InlineData("serve -c my.yaml", "twilioemu: there is no option \"-c\" (did you mean \"--config\"?)")]
    [InlineData("serve --tls-port 4444", "twilioemu: there is no option \"--tls-port\" (did you mean \"--https-port\"?)")]
    [InlineData("serve --verbose", "twilioemu: there is no option \"--verbose\" (did you mean \"--log all\"?)")]
    [InlineData("serve --quiet", "twilioemu: there is no option \"--quiet\" (did you mean \"--log quiet\"?)")]
    [InlineData("-v", "twilioemu: there is no option \"-v\" (did you mean \"--version\"?)")]
    [InlineData(
        "serve my.yaml",
        "twilioemu: serve takes no file as it stands: --config my.yaml reads a config; twilioemu run my.yaml plays a story")]
    [InlineData("stories/login.yml", "twilioemu: serve takes no file as it stands: --config stories/login.yml reads a config; *")]
    [InlineData("serve 4011", "twilioemu: serve takes no number as it stands: --port 4011 names the port")]
    [InlineData("serve --account_sid AC1", "twilioemu: there is no option \"--account_sid\"")]
    [InlineData("serve --https_port 4444", "twilioemu: there is no option \"--https_port\" (did you mean \"--https-port\"?)")]
    [InlineData("serve --Port 4011", "twilioemu: there is no option \"--Port\" (did you mean \"--port\"?)")]
    [InlineData("serve --port 4010 --port 4011", "twilioemu: --port stands there 2 times, and is taken once: 4010, 4011")]
    [InlineData("check --port 4011 a.yaml", "twilioemu: there is no option \"--port\"*")]
    [InlineData("run", "twilioemu: run needs FILE: scenario files, or folders of them")]
    [InlineData("check", "twilioemu: check needs FILE: *")]
    [InlineData("exec", "twilioemu: exec needs COMMAND: program and arguments, after --")]
    [InlineData("exec --", "twilioemu: exec needs COMMAND: program and arguments, after --")]
    public void The_first_line_is_the_point(string line, string first)
    {
        var told = new StringWriter();
        UsageErrors.Tell(CommandLine.Build().Parse(line), told).Should().BeTrue();

        var lines = told.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().Match(first);
        lines.Length.Should().BeLessThanOrEqualTo(4);
        lines[^1].Should().EndWith("--help tells what there is");
    }

    public static TheoryData<string> Needing() => [.. Commands().Where(c => Needs(c).Any()).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Needing))]
    public void A_required_argument_that_is_missing_is_named(string name)
    {
        var command = Commands().Single(c => c.Name == name);
        var told = new StringWriter();
        UsageErrors.Tell(CommandLine.Build().Parse(name), told).Should().BeTrue();
        var lines = told.ToString().Split(Environment.NewLine);
        lines[..Needs(command).Count()].Should().Equal(Needs(command).Select(n => $"twilioemu: {name} needs {n.Name}: {n.Description}"));
    }

    public static TheoryData<string, string> Valued() =>
        [.. from c in Commands() from o in c.Options where o.Arity.MinimumNumberOfValues > 0 select new TheoryDataRow<string,
            string>(c.Name, o.Name)];

    [Theory]
    [MemberData(nameof(Valued))]
    public void An_option_without_its_value_is_named(string command, string option)
    {
        var told = new StringWriter();
        UsageErrors.Tell(CommandLine.Build().Parse($"{command} {option}"), told).Should().BeTrue();
        told.ToString().Should().StartWith($"twilioemu: {option} needs a value: ");
    }

    private static IEnumerable<Command> Commands() => CommandLine.Build().Subcommands;

    private static IEnumerable<Symbol> Needs(Command command) =>
        [.. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0), .. command.Options.Where(o => o.Required)];

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
