using System.CommandLine;
using System.Text;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reference;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Options;

public sealed class OptionsPageTests
{
    [Fact]
    public async Task The_page_of_options_tells_each_as_help_does()
    {
        var table = new StringBuilder("| option | environment | config key | meaning (default) |\n|---|---|---|---|\n");
        foreach (var option in ServeSettings.All.Where(s => s.IsBuilt))
        {
            table.Append(
                $"| `{option.Flag}` | `{option.Variable}` | {(option == ServeSettings.Config ? "" : $"`{option.Key}`")} | "
                    + $"{option.Means} |\n");
        }
        var page = await File.ReadAllTextAsync(Repository.At("docs", "options.md"));
        var begins = page.IndexOf("| option |", StringComparison.Ordinal);
        var ends = page.IndexOf("\n\n", begins, StringComparison.Ordinal) + 1;
        var made = page[..begins] + table + page[ends..];
        await Repository.PageShouldBeAsync("options.md", made);
    }

    [Fact]
    public async Task The_page_of_words_is_as_the_tables_write_it() =>
        await Repository.PageShouldBeAsync("words.md", WordPage.Write());

    [Fact]
    public async Task The_schema_of_configs_is_as_the_tables_write_it() =>
        await Repository.PageShouldBeAsync("twilioemu.schema.json", ConfigSchema.Write());

    [Fact]
    public void What_is_not_built_is_not_shown()
    {
        var command = new Command("serve");
        new OptionTable().AddTo(command);
        command.Options.Where(o => !o.Hidden).Select(o => o.Name)
            .Should().Equal(ServeSettings.All.Where(s => s.IsBuilt).Select(s => s.Flag));
        var unbuilt = new Command("serve");
        new OptionTable(ServeSettings.All[0] with { IsBuilt = false }).AddTo(unbuilt);
        unbuilt.Options.Should().ContainSingle().Which.Hidden.Should().BeTrue();
    }

    [Theory]
    [InlineData("--log loud", "--log: \"loud\" is not quiet, normal or all")]
    [InlineData("--log-format xml", "--log-format: \"xml\" is not text or json")]
    public void A_word_the_console_does_not_know_is_refused(string line, string error)
    {
        var table = new OptionTable();
        var command = new Command("serve");
        table.AddTo(command);
        var errors = new List<string>();
        table.Read(command.Parse(line), ServeOptions.None, errors);
        errors.Should().Equal(error);
    }
}
