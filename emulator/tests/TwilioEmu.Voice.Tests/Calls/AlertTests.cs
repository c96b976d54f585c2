using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>Source of codes and levels: twilio.com/docs/api/errors.</summary>
public sealed class AlertTests
{
    [Theory]
    [InlineData("<Dial/>", 13223, AlertLevel.Warning)]
    [InlineData("<Dial callerId='+14155550123'>+14155550188</Dial>", 13247, AlertLevel.Error)]
    [InlineData("<Dial>" + Barred + "</Dial>", 13227, AlertLevel.Error)]
    [InlineData("<Dial timeout='x'>+14155550188</Dial>", 13212, AlertLevel.Warning)]
    [InlineData("<Nonsense/>", 12200, AlertLevel.Warning)]
    public async Task An_alert_has_the_level_of_its_code(string verbs, int code, AlertLevel level)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", verbs);
        await house.DialAsync();
        await house.AdvanceAsync(60);
        var alert = (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => (Alert)e.Data!).Single();
        (alert.Code, alert.Level).Should().Be((code, level));
    }

    [Fact]
    public async Task A_gather_of_inline_twiml_without_an_action_says_that_inline_twiml_has_no_url()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { Script = [Waits(1), Presses("1")] });
        await house.CreateAsync(("Twiml", "<Response><Gather numDigits='1'/></Response>"));
        await house.AdvanceAsync(60);
        var alert = (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => (Alert)e.Data!).Single();
        alert.Code.Should().Be(15004);
        alert.Message.Should().Contain("has no URL of its own");
    }

    [Fact]
    public async Task A_redirect_loop_names_the_url_that_loops()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Redirect>/round</Redirect>");
        house.Twiml("/round", "<Redirect>/round</Redirect>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "alert")).Select(e => (Alert)e.Data!).Should().Contain(a => a.Url == "http://app/round");
    }

    [Fact]
    public void Codes_the_list_has_no_warning_for_are_errors()
    {
        ErrorLevels.Of(11200).Should().Be(AlertLevel.Error);
        ErrorLevels.Of(16020).Should().Be(AlertLevel.Error);
        ErrorLevels.Of(14207).Should().Be(AlertLevel.Warning);
    }
}
