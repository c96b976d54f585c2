using TwilioEmu.Composition;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>A softphone that sends a call on says who was called first.</summary>
/// <remarks>RFC 5806 §5: the topmost Diversion is the latest, the last one the first.</remarks>
[Trait("slow", "")]
public sealed class DiversionTests
{
    private const string Number = "+14155550199";

    [Theory]
    [InlineData("<sip:+14155550122@127.0.0.1>;reason=unconditional", "+14155550122")]
    [InlineData("<sip:+14155550133@127.0.0.1>;reason=no-answer, <sip:4155550122@127.0.0.1>;reason=user-busy", "+14155550122")]
    [InlineData("<sip:reception@127.0.0.1>", null)]
    [InlineData(null, null)]
    public async Task Who_was_called_first_is_told_to_the_app(string? diversion, string? forwardedFrom)
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                asked = request;
                return "<Response><Say>Hello</Say><Pause length=\"2\"/></Response>";
            },
            handset: Number);
        await using var phone = new WirePhone(new PhoneSetup(Number, house.Port) { Domain = "127.0.0.1" });
        await phone.CallAsync(
            $"sip:{WorldSetup.DefaultNumber}@127.0.0.1", diversion is null ? null : SipHeaders.Empty.With("Diversion", diversion));
        await house.ExpectAsync(CallEntries.Completed);
        asked!.GetValueOrDefault("ForwardedFrom").Should().Be(forwardedFrom);
        asked!.GetValueOrDefault("CalledVia").Should().Be(forwardedFrom);
        (await house.GetAsync("Calls.json")).GetProperty("calls")[0].GetProperty("forwarded_from").GetString().Should().Be(forwardedFrom);
    }
}
