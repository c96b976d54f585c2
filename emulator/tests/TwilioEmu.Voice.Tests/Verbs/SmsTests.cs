using TwilioEmu.Kernel.Ids;
using TwilioEmu.Voice.Directory;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

/// <summary>twilio.com/docs/api/twiml/sms; error dictionary 14101 to 14108.</summary>
public sealed class SmsTests
{
    [Theory]
    [InlineData("<Sms action='/sent'>Hello</Sms>", Number, Phone, null)]
    [InlineData(
        "<Sms action='/sent' to='+14155550188' from='+14155550100' statusCallback='/status'>Hello</Sms>", Number, Friend,
        "http://app/status")]
    public async Task A_text_goes_to_the_caller_from_the_number_unless_told(string verb, string from, string to, string? callback)
    {
        var texts = new Sender();
        await using var house = await BuildAsync();
        await house.Do(() => house.Voice.Attach(texts));
        house.Twiml("/voice", verb);
        await house.DialAsync(Waits(5));
        await house.AdvanceAsync(10);
        texts.Sent.Should().Equal((from, to, "Hello", callback));
        house.Asked("/sent", "SmsSid", "SmsStatus").Should().Equal("0.0 SM1 sending");
    }

    [Theory]
    [InlineData("<Sms action='/sent'></Sms>", "14103")]
    [InlineData("<Sms action='/sent' to='nobody'>Hi</Sms>", "14101")]
    [InlineData("<Sms action='/sent' from='nobody'>Hi</Sms>", "14102")]
    [InlineData("<Sms action='/sent' from='+14155550177'>Hi</Sms>", "14108")]
    public async Task What_cannot_be_sent_is_a_warning_and_the_call_goes_on(string verb, string code)
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Voice.Attach(new Sender()));
        house.Twiml("/voice", verb);
        await house.DialAsync(Waits(5));
        await house.AdvanceAsync(10);
        house.Asked("/sent", "SmsSid", "SmsStatus").Should().Equal("0.0 - invalid");
        (await house.EntriesAsync(e => e.Kind == "alert")).Single().ToJson()
            .Should().Contain($"\"code\":{code}").And.Contain("\"level\":\"warning\"");
    }

    [Fact]
    public async Task Without_an_action_the_next_verb_follows()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Voice.Attach(new Sender()));
        house.Twiml("/voice", "<Sms method='PUT'>Hi</Sms><Say>Sent</Say>");
        var sid = await house.DialAsync(Waits(5));
        await house.AdvanceAsync(10);
        (await house.StoryAsync(sid)).Should().Contain("0.0 heard Sent");
        (await house.AlertsAsync()).Should().Equal("14104");
    }

    private sealed class Sender : ITextSender
    {
        public List<(string From, string To, string Body, string? Callback)> Sent { get; } = [];

        public SentText Send(AccountSid account, string from, string to, string body, string? statusCallback, long cause)
        {
            if (from != Number) return new SentText(null, 14108, $"{from} is no number of this account");
            Sent.Add((from, to, body, statusCallback));
            return new SentText($"SM{Sent.Count}", 0, "");
        }
    }
}
