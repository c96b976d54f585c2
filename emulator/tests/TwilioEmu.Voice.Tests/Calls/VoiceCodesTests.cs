using System.Globalization;
using System.Text;
using TwilioEmu.Testing.Files;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>The table of codes is whole, and says what is so.</summary>
public sealed class VoiceCodesTests
{
    private static readonly HashSet<int> OfRows =
        [.. VoiceErrorTableTests.Documents.Select(r => r.Data.Item2), .. VoiceErrorTableTests.Answers.Select(r => r.Data.Item4)];

    [Fact]
    public void Each_code_has_one_row() => VoiceCodes.All.Select(c => c.Code).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();

    [Fact]
    public void Each_code_is_shown_by_an_input_or_has_a_reason_why_it_never_comes()
    {
        foreach (var code in VoiceCodes.All.Where(c => c.Why is null))
        {
            if (code.Shown is null) OfRows.Should().Contain(code.Code, "an input gives it");
            else
            {
                File.ReadAllText(FileOf(code.Shown))
                    .Should().Contain(code.Code.ToString(CultureInfo.InvariantCulture), "{0} shows it", code.Shown);
            }
        }
        foreach (var code in VoiceCodes.All.Where(c => c.Why is not null))
        {
            OfRows.Should().NotContain(code.Code, "it is said never to come");
        }
    }

    [Fact]
    public void Each_input_of_the_table_of_errors_has_its_row_here() => OfRows.Should().BeSubsetOf(VoiceCodes.All.Select(c => c.Code));

    [Fact]
    public async Task The_page_of_codes_is_as_they_write_it() =>
        await Repository.PageShouldBeAsync("voice-errors.md", Write());

    private static string FileOf(string shown)
    {
        var tests = Repository.At("emulator", "tests");
        return shown.Contains('/', StringComparison.Ordinal)
            ? Path.Combine(tests, $"TwilioEmu.{shown}.cs")
            : System.IO.Directory.EnumerateFiles(tests, $"{shown}.cs", SearchOption.AllDirectories).Should().ContainSingle(shown).Subject;
    }

    private static string Write()
    {
        var page = new StringBuilder(
            "# Errors of calls\n\nMade from the table that the tests run over; do not edit. Codes and levels: "
                + "twilio.com/docs/api/errors. An alert (`GET /_emu/v1/journal?kind=alert`, Monitor, "
                    + "Notifications) carries the code; REST refuses with it; a SIP peer has it in `X-Twilio-Error`.\n\n"
                        + "| code | level | what is wrong | |\n|---|---|---|---|\n");
        foreach (var code in VoiceCodes.All)
        {
            var level = ErrorLevels.Of(code.Code) == AlertLevel.Warning ? "warning" : "error";
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {code.Code} | {level} | {code.Means} | {(code.Why is { } why ? $"never: {why}" : "")} |\n");
        }
        return page.ToString();
    }
}
