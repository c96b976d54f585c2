using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Traversal;

/// <summary>One token, as it is answered once.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Username">64 hex digits.</param>
/// <param name="Password">What goes with it.</param>
/// <param name="Life">Seconds.</param>
/// <param name="Created">When.</param>
internal sealed record TraversalToken(AccountSid Account, string Username, string Password, int Life, DateTimeOffset Created) : IFace
{
    private static readonly string[] Relays =
    [
        "turn:global.turn.twilio.com:3478?transport=udp", "turn:global.turn.twilio.com:3478?transport=tcp",
        "turn:global.turn.twilio.com:443?transport=tcp",
    ];

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(Account.Value); break;
            case "date_created" or "date_updated": to.Write(Created); break;
            case "username": to.Write(Username); break;
            case "password": to.Write(Password); break;
            case "ttl": to.WriteQuoted(Life); break;
            case "ice_servers": WriteServers(to.Json); break;
        }
    }

    // Clients of every age read one of url and urls.
    private void WriteServers(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        WriteServer(json, "stun:global.stun.twilio.com:3478", isRelay: false);
        foreach (var relay in Relays) WriteServer(json, relay, isRelay: true);
        json.WriteEndArray();
    }

    private void WriteServer(Utf8JsonWriter json, string url, bool isRelay)
    {
        json.WriteStartObject();
        json.WriteString("url", url);
        json.WriteString("urls", url);
        if (isRelay)
        {
            json.WriteString("username", Username);
            json.WriteString("credential", Password);
        }
        json.WriteEndObject();
    }
}
