using System.CommandLine;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Tests.Options;

/// <summary>What holds of every option, by its row: a new one needs no test but of what it does.</summary>
public sealed class EveryOptionTests
{
    private readonly List<string> _errors = [];

    public static TheoryData<string> All => [.. ServeSettings.All.Select(s => s.Key)];

    public static TheoryData<string> Refusing => [.. ServeSettings.All.Where(s => s.Bad is not null).Select(s => s.Key)];

    [Theory, MemberData(nameof(All))]
    public void Command_line_environment_and_file_say_the_same_of_an_option(string key)
    {
        var setting = Row(key);
        var line = Read(setting, line: setting.Good);
        var environment = Read(setting, variable: setting.Good);
        _errors.Should().BeEmpty();
        Said(line, setting).Should().BeEquivalentTo(Said(environment, setting));
        if (setting.IsInFiles) Said(File(setting, setting.Good).Options, setting).Should().BeEquivalentTo(Said(line, setting));
    }

    [Theory, MemberData(nameof(All))]
    public void The_value_a_row_gives_as_good_is_not_what_holds_unsaid(string key)
    {
        var setting = Row(key);
        var said = Read(setting, line: setting.Good);
        said.Says(setting).Should().BeTrue();
        ServeOptions.None.Says(setting).Should().BeFalse();
        setting.ValueIn(said).Should().NotBeEquivalentTo(setting.ValueIn(ServeOptions.None) ?? "unsaid");
    }

    [Theory, MemberData(nameof(Refusing))]
    public void The_command_line_beats_the_environment_whatever_is_there(string key)
    {
        var setting = Row(key);
        Said(Read(setting, line: setting.Good, variable: setting.Bad), setting)
            .Should().BeEquivalentTo(Said(Read(setting, line: setting.Good), setting));
        _errors.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Refusing))]
    public void What_is_wrong_with_a_value_is_said_in_the_same_words_wherever_it_stands(string key)
    {
        var setting = Row(key);
        Read(setting, line: setting.Bad).Says(setting).Should().BeFalse();
        var told = _errors.Should().ContainSingle().Which;
        told.Should().StartWith($"{setting.Flag}: ");
        var words = told[(setting.Flag.Length + 2)..];
        _errors.Clear();
        if (setting.Bad!.Length > 0)
        {
            Read(setting, variable: setting.Bad).Says(setting).Should().BeFalse();
            _errors.Should().ContainSingle().Which.Should().StartWith($"{setting.Variable}: {words}");
        }
        if (!setting.IsInFiles) return;
        var (options, faults) = File(setting, setting.Bad!);
        options.Says(setting).Should().BeFalse();
        faults.Should().ContainSingle().Which.Should().Contain(words);
    }

    [Theory, MemberData(nameof(All))]
    public void Help_tells_an_option_in_its_rows_words(string key)
    {
        var setting = Row(key);
        var command = new Command("serve");
        new OptionTable().AddTo(command);
        command.Options.Should().ContainSingle(o => o.Name == setting.Flag).Which.Description.Should().Be(setting.Means);
    }

    [Theory, MemberData(nameof(All))]
    public void A_mistyped_word_is_told_with_what_was_meant_wherever_it_stands(string key)
    {
        var setting = Row(key);
        UnknownVariables.Tell([setting.Variable + "X"], OptionTable.Variables)
            .Should().ContainSingle().Which.Should().Contain($"did you mean \"{setting.Variable}\"?");
        if (!setting.IsInFiles) return;
        var faults = new Faults();
        ConfigReader.ReadFile("twilioemu.yaml", $"{key}x: '{setting.Good}'", faults);
        faults.All.Should().ContainSingle().Which.ToString().Should().Contain($"did you mean \"{key}\"?");
    }

    private static ServeSetting Row(string key) => ServeSettings.All.Single(s => s.Key == key);

    private static object? Said(ServeOptions options, ServeSetting setting) => options.Says(setting) ? setting.ValueIn(options) : "unsaid";

    private static (ServeOptions Options, IReadOnlyList<string> Faults) File(ServeSetting setting, string value)
    {
        var faults = new Faults();
        var config = ConfigReader.ReadFile("twilioemu.yaml", $"{setting.Key}: '{value}'", faults);
        return (config.Options, [.. faults.All.Select(f => f.ToString())]);
    }

    private ServeOptions Read(ServeSetting setting, string? line = null, string? variable = null)
    {
        var table = new OptionTable { Variable = name => name == setting.Variable ? variable : null };
        var command = new Command("serve");
        table.AddTo(command);
        var parsed = command.Parse(line is null ? [] : [setting.Flag, line]);
        return table.Read(parsed, ServeOptions.None, _errors);
    }
}
