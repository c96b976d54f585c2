using TwilioEmu.Redirection;

namespace TwilioEmu.Tests.Redirection;

public sealed class BeforeTests
{
    [Fact]
    public void A_shell_is_led_back_to_what_it_was()
    {
        Dictionary<string, string> shell = new() { ["PYTHONPATH"] = "/it's mine=x\nand\nyours", ["NO_PROXY"] = "" };
        var kept = Before.Keep([new("PYTHONPATH", "new"), new("NO_PROXY", "new"), new("HTTP_PROXY", "new")], shell.GetValueOrDefault);
        shell = new() { [kept.Key] = kept.Value, ["PYTHONPATH"] = "new", ["HTTP_PROXY"] = "new" };
        Before.Keep([new("HTTP_PROXY", "newer")], shell.GetValueOrDefault).Value.Should().Be(kept.Value, "a second time changes nothing");
        Before.Undo("sh", shell.GetValueOrDefault)
            .Should().Be(
                "export PYTHONPATH='/it'\\''s mine=x\nand\nyours'\nexport NO_PROXY=''\nunset HTTP_PROXY\nunset _TWILIOEMU_BEFORE\n");
        Before.Undo("powershell", shell.GetValueOrDefault)
            .Should().Be(
                "$env:PYTHONPATH = '/it''s mine=x\nand\nyours'\n$env:NO_PROXY = ''\nRemove-Item -ErrorAction Ignore Env:HTTP_PROXY\n"
                    + "Remove-Item -ErrorAction Ignore Env:_TWILIOEMU_BEFORE\n");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no base64!")]
    public void A_shell_that_was_not_led_here_has_nothing_to_undo(string? kept) => Before.Undo("sh", _ => kept).Should().BeNull();
}
