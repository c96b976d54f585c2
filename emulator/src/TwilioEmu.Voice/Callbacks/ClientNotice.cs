using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>Tells the app that one of its own phones is called, so that it may wake it: the push that Twilio would send.</summary>
/// <remarks>
/// twilio.com/docs/voice/sdks/call-notification-webhook: POST of JSON, in this order; 13807 where the app answers with an error. The
/// token is not read by anybody here, where phones are connected without a push.
/// </remarks>
internal static class ClientNotice
{
    public static void Send(CallServices services, LiveCall live, string url)
    {
        var (call, instructions, sids) = (live.Record, live.Instructions, services.World.Sids);
        List<KeyValuePair<string, string>> members =
        [
            new("twi_account_sid", call.Account.Value),
            new("twi_bridge_token", $"eyJ{sids.NewSecret()}{sids.NewSecret()}"),
            new("twi_call_sid", call.Sid),
            new("twi_from", instructions.CallerId ?? call.From),
            new("twi_message_id", sids.New("WB")),
            new("twi_message_type", "twilio.voice.call"),
            new("twi_to", call.To),
        ];
        if (instructions.Parameters.Count > 0)
        {
            var pairs = instructions.Parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}");
            members.Add(new("twi_params", string.Join('&', pairs)));
        }
        var request = services.Aside(call, url, "POST", WebhookPurpose.ClientNotification, live.Cause, members);
        services.Lanes.Enqueue($"{call.Sid} client", request with { Json = Write(members) });
    }

    private static string Write(List<KeyValuePair<string, string>> members)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Entry.Options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
