using TwilioEmu.Carrier.Codes;

namespace TwilioEmu.Console.Control;

/// <summary>Looks into a mailbox.</summary>
internal static class EmailCalls
{
    // RFC 5321 section 4.5.3.1.3.
    private const int MaxAddress = 254;

    public static async Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        var address = request.Value("address");
        if (address.Length > MaxAddress || !address.Contains('@', StringComparison.Ordinal))
        {
            throw ControlRequest.Bad("address", $"'{address}' is no e-mail address");
        }
        var emails = await request.TurnAsync(() => request.House.Handsets.Mail.Of(address));
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("address", address);
            HandsetCalls.WriteCodes(
                json, emails.Select(e => CodeKept.Of(e.At, "email", e.From, e.Key, $"{e.Subject}\n{e.Body}", e.Code)).OfType<CodeKept>());
            json.WriteStartArray("received");
            foreach (var email in emails)
            {
                json.WriteStartObject();
                json.WriteString("at", email.At.UtcDateTime);
                email.WriteMembers(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
