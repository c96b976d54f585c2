using System.Text.Json;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Callbacks;

/// <summary>
/// Source: twilio.com/docs/voice/twiml (request parameters); twilio.com/docs/voice/api/call-resource (statuscallbackevent).
/// </summary>
public sealed class CallParametersTests
{
    [Fact]
    public async Task The_callers_name_is_told_where_the_number_looks_it_up()
    {
        await using var house = await BuildAsync();
        await house.Do(
            () => house.Own(
                new VoiceNumber(
                    Account, "PN2", Number)
                {
                    VoiceUrl = "http://app/voice",
                    StatusCallback = "http://app/number-status",
                    LooksUpCallerName = true
                }));
        var sid = await house.DialAsync();
        await house.AdvanceAsync(5);
        house.Asked("/voice", "CallerName").Should().Equal("0.0 ADA LOVELACE");
        house.Asked("/number-status", "CallerName").Single().Should().EndWith("ADA LOVELACE");
        (await house.CallAsync(sid)).CallerName.Should().Be("ADA LOVELACE");
    }

    [Fact]
    public async Task No_name_is_told_where_none_is_looked_up()
    {
        await using var house = await BuildAsync();
        await house.DialAsync();
        await house.AdvanceAsync(5);
        house.Requests[0].Parameters.Should().NotContainKey("CallerName");
    }

    [Fact]
    public async Task The_application_that_handles_a_call_is_told()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", Number) { ApplicationSid = "AP1" }));
        await house.DialAsync();
        await house.CreateAsync(("ApplicationSid", "AP1"));
        await house.AdvanceAsync(10);
        house.Asked("/application", "ApplicationSid", "Direction").Should().Equal("0.0 AP1 inbound", "2.2 AP1 outbound-api");
    }

    [Fact]
    public async Task A_call_token_says_who_called_whom_and_comes_while_the_call_rings()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Redirect>/two</Redirect>");
        house.Twiml("/two", "<Say>Hello</Say><Redirect>/three</Redirect>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(5);
        var token = house.Requests.Single(r => r.Path == "/voice").Parameters["CallToken"];
        token.Should().StartWith("%7B%22parentCallInfoToken%22%3A%22eyJ");
        using var whole = JsonDocument.Parse(Uri.UnescapeDataString(token));
        var body = whole.RootElement.GetProperty("parentCallInfoToken").GetString()!.Split('.')[1];
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(body));
        claims.RootElement.GetProperty("callSid").GetString().Should().Be(sid);
        claims.RootElement.GetProperty("from").GetString().Should().Be(Phone);
        house.Requests.Single(r => r.Path == "/two").Parameters.Should().ContainKey("CallToken");
        house.Requests.Single(r => r.Path == "/three").Parameters.Should().NotContainKey("CallToken");
    }

    [Fact]
    public async Task Whoever_has_the_token_of_a_call_sends_it_on_under_the_callers_number()
    {
        await using var house = await BuildAsync();
        await house.DialAsync();
        await house.AdvanceAsync(5);
        var token = house.Requests.Single(r => r.Path == "/voice").Parameters["CallToken"];
        (string, string)[] form = [("From", Phone), ("To", Friend), ("Url", "http://app/voice")];
        (await house.PostAsync("CreateCall", form)).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21210);
        (await house.PostAsync("CreateCall", [.. form, ("CallToken", "%7B%7D")])).Should().BeOfType<Answer.Refusal>();
        ((Call)(await house.PostAsync("CreateCall", [.. form, ("CallToken", token)])).Should().BeOfType<Answer.Resource>().Which.Face).From
            .Should().Be(Phone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"parentCallInfoToken":7}""")]
    [InlineData("""{"parentCallInfoToken":"a.b"}""")]
    [InlineData("""{"parentCallInfoToken":"a.b.c"}""")]
    [InlineData("%7B%22parentCallInfoToken%22%3A%22a.b.c%22%7D")]
    public void A_token_nobody_gave_names_nobody(string token) => CallToken.CallerIn(token, "secret").Should().BeNull();

    [Fact]
    public async Task Outgoing_calls_tell_how_they_are_signed_while_they_ring_and_are_answered()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync(
            ("StatusCallback", "http://app/status"), ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"),
            ("StatusCallbackEvent", "completed"));
        await house.AdvanceAsync(10);
        house.Asked("/status", "CallStatus", "StirStatus").Select(l => l[(l.IndexOf(' ') + 1)..])
            .Should().Equal("ringing B", "in-progress B", "completed -");
    }
}
