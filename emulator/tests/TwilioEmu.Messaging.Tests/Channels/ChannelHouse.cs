using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Channels;

/// <summary>WhatsApp and RCS senders, templates, and what people do with them.</summary>
internal static class ChannelHouse
{
    public const string WhatsApp = "whatsapp:+14155550100";
    public const string Person = "whatsapp:" + MessagingHouse.Phone;
    public const string Agent = "rcs:acme_agent";

    private const string QuickReply = """{"twilio/text":{"body":"Hi {{1}}, coming? Text YES."},"twilio/quick-reply":{"body":"Hi {{1}}, coming?","actions":[{"title":"Yes","id":"y"},{"title":"No","id":"n"}]}}""";

    /// <summary>A sender that is online; its SID.</summary>
    public static string AddSender(
        MessagingHouse house, string address = WhatsApp, string? callback = "http://app/wa", string? join = null, string status = "ONLINE")
    {
        var sid = $"XE{address.Aggregate(17, (sum, c) => unchecked((sum * 31) + c) & int.MaxValue):x32}";
        house.Do(() =>
        {
            using var json = JsonDocument.Parse($$"""{"sid":"{{sid}}","sender_id":"{{address}}","status":"{{status}}","webhook": {"callback_url":"{{callback}}","callback_method":"POST"} }""");
            house.Rest.Door.PutResource(AccountBook.DefaultSid, "messaging", $"/v2/Channels/Senders/{sid}", json.RootElement)
                .Should().BeNull();
            if (join is not null) house.Messaging.MakeSandbox(AccountBook.DefaultSid, sid, join);
        });
        return sid;
    }

    public static Task<RestAnswer> PostContentAsync(MessagingHouse house, string json, string path = "/v1/Content") =>
        house.Rest.SendAsync("POST", path, json, "application/json", host: "content.twilio.com");

    public static Task<RestAnswer> GetContentAsync(MessagingHouse house, string path) =>
        house.Rest.SendAsync("GET", path, null, null, host: "content.twilio.com");

    /// <summary>A template of the types; its SID.</summary>
    public static async Task<string> TemplateAsync(
        MessagingHouse house, string types = QuickReply, string variables = """{"1":"you"}""", string? approval = null)
    {
        var made = await PostContentAsync(
            house, $$"""{"friendly_name":"invitation","language":"en","variables":{{variables}},"types":{{types}} }""");
        made.Status.Should().Be(201, made.Body);
        if (approval is not null)
        {
            house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, made["sid"]!, approval, null, null).Should().BeTrue());
        }
        return made["sid"]!;
    }

    public static Task<RestAnswer> SendAsync(MessagingHouse house, params string[] pairs) =>
        house.Rest.PostAsync("Messages.json", ["To", Person, "From", WhatsApp, .. pairs]);

    /// <summary>The phone writes to the sender.</summary>
    public static string? Write(MessagingHouse house, string body, string to = WhatsApp)
    {
        string? sid = null;
        house.Do(() => sid = house.Rest.Handsets.Text(MessagingHouse.Phone, to, body, []));
        return sid;
    }

    /// <summary>The phone's owner does something with what the sender showed.</summary>
    public static string? Act(MessagingHouse house, TextDeed deed, string to = WhatsApp)
    {
        string? sid = null;
        house.Do(() =>
        {
            var act = house.Rest.Handsets.ActOf(MessagingHouse.Phone, to, deed, out var fault);
            fault.Should().BeNull();
            sid = house.Rest.Handsets.Text(MessagingHouse.Phone, to, "", [], act);
        });
        return sid;
    }

    /// <summary>A message as the API has it.</summary>
    public static Task<RestAnswer> FetchAsync(MessagingHouse house, string sid) => house.Rest.GetAsync($"Messages/{sid}.json");

    /// <summary>Sends, lets time pass, and tells how it ended.</summary>
    public static async Task<(string? Status, string? Code)> OutcomeAsync(MessagingHouse house, params string[] pairs)
    {
        var sent = await SendAsync(house, pairs);
        sent.Status.Should().Be(201, sent.Body);
        await house.AdvanceAsync(5);
        var message = await FetchAsync(house, sent["sid"]!);
        return (message["status"], message["error_code"]);
    }
}
