using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Callbacks;

/// <summary>Source: twilio.com/docs/voice/sdks/call-notification-webhook.</summary>
public sealed class ClientNoticeTests
{
    private const string Alice = "client:alice";

    private static async Task<VoiceHouse> HouseAsync()
    {
        var house = await BuildAsync();
        house.Behave(Alice, new HandsetBehaviour { After = TimeSpan.FromSeconds(1), Script = [Waits(1), HangsUp] });
        return house;
    }

    private static async Task<JsonElement> SentAsync(VoiceHouse house)
    {
        var entry = (await house.EntriesAsync(e => e.Kind == "webhook.sent" && e.ToJson().Contains("client-notification-callback")))
            .Should().ContainSingle().Subject;
        using var json = JsonDocument.Parse(entry.ToJson());
        return json.RootElement.GetProperty("data").Clone();
    }

    [Fact]
    public async Task The_app_is_told_in_JSON_that_its_phone_is_called_by_a_document()
    {
        await using var house = await HouseAsync();
        house.Twiml(
            "/voice",
            "<Dial><Client clientNotificationUrl='/wake'><Identity>alice</Identity><Parameter name='table' value='4 &amp; "
                + "5'/></Client></Dial>");
        await house.DialAsync(Waits(20));
        await house.AdvanceAsync(30);
        var sent = await SentAsync(house);
        sent.GetProperty("method").GetString().Should().Be("POST");
        sent.GetProperty("url").GetString().Should().StartWith("http://app/wake?bodySHA256=");
        using var body = JsonDocument.Parse(sent.GetProperty("body").GetString()!);
        var told = body.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        told.Keys.Should().Equal(
            "twi_account_sid", "twi_bridge_token", "twi_call_sid", "twi_from", "twi_message_id", "twi_message_type", "twi_to",
            "twi_params");
        (told["twi_account_sid"], told["twi_from"], told["twi_to"], told["twi_message_type"], told["twi_params"])
            .Should().Be((Account.Value, Phone, Alice, "twilio.voice.call", "table=4%20%26%205"));
        told["twi_message_id"].Should().MatchRegex("^WB[0-9a-f]{32}$");
        (await house.CallAsync(told["twi_call_sid"])).To.Should().Be(Alice, "it is the SID of the call to the phone");
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task REST_has_the_app_told_as_well_and_of_phones_of_its_own_alone()
    {
        await using var house = await HouseAsync();
        await house.CreateAsync(("To", Alice), ("ClientNotificationUrl", "http://app/wake"));
        await house.CreateAsync(("ClientNotificationUrl", "http://app/wake"));
        await house.AdvanceAsync(60);
        (await SentAsync(house)).GetProperty("url").GetString().Should().StartWith("http://app/wake");
    }

    [Theory, InlineData("ftp://app/wake"), InlineData("wake"), InlineData("http://my_app/wake")]
    public async Task A_URL_that_cannot_be_asked_is_13806(string url)
    {
        await using var house = await HouseAsync();
        var answer = await house.PostAsync(
            "CreateCall", ("From", Number), ("To", Alice), ("Url", "http://app/voice"), ("ClientNotificationUrl", url));
        answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(13806);
    }
}
