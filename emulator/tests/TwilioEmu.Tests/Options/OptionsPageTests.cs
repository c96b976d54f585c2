using System.CommandLine;
using System.Text;
using TwilioEmu.Options;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Options;

public sealed class OptionsPageTests
{
    [Fact]
    public async Task The_page_of_options_tells_each_as_help_does()
    {
        var table = new StringBuilder("| option | environment | config key | meaning (default) |\n|---|---|---|---|\n");
        foreach (var option in new OptionTable().All)
        {
            var key = option.Name == "--config" ? "" : $"`{OptionTable.KeyOf(option)}`";
            table.Append($"| `{option.Name}` | `{OptionTable.VariableOf(option)}` | {key} | {option.Description} |\n");
        }
        var page = await File.ReadAllTextAsync(Repository.At("docs", "options.md"));
        page.Contains(table.ToString(), StringComparison.Ordinal).Should().BeTrue($"docs/options.md should have this table:\n{table}");
    }

    [Fact]
    public void What_is_not_built_is_not_shown()
    {
        var command = new Command("serve");
        new OptionTable().AddTo(command);
        command.Options.Where(o => !o.Hidden).Should().BeEquivalentTo(new OptionTable().All, o => o.Including(x => x.Name));
        command.Options.Where(o => o.Hidden).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("--log loud", "--log is quiet, normal or all, not \"loud\"")]
    [InlineData("--log-format xml", "--log-format is text or json, not \"xml\"")]
    public void A_word_the_console_does_not_know_is_refused(string line, string error)
    {
        var table = new OptionTable();
        var command = new Command("serve");
        table.AddTo(command);
        var errors = new List<string>();
        table.Read(command.Parse(line), new(), errors);
        errors.Should().Equal(error);
    }
}
