using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>The JSON that an app answers when somebody writes outside any session (twilio.com/docs/proxy/api/webhooks).</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class OutOfSessionAnswer(ProxyBook book, NumberChoice choice)
{
    /// <summary>A session of the answer's making: who wrote under the number written to, and the other the answer names.</summary>
    public (SessionKey Key, Document Author)? Join(Document service, Message inbound, string text, long cause)
    {
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !E164.TryNormalize(JsonText.Member(json.RootElement, "participantIdentifier"), out var other))
            {
                return null;
            }
            var key = new SessionKey(inbound.Account, service.Key, book.World.Sids.New("KC"));
            book.Sessions(inbound.Account, service.Key).Create(key.Session, new JsonObject
            {
                ["unique_name"] = JsonText.Member(json.RootElement, "uniqueName"),
                ["mode"] = JsonText.Member(json.RootElement, "mode") ?? "voice-and-message",
                ["status"] = "open",
                ["ttl"] = int.TryParse(JsonText.Member(json.RootElement, "ttl") ?? service["default_ttl"], out var ttl) ? ttl : 0,
                ["date_expiry"] = JsonText.Member(json.RootElement, "dateExpiry"),
            });
            var own = book.Numbers(inbound.Account, service.Key).OldestFirst().First(n => n["phone_number"] == inbound.To);
            var author = Person(key, inbound.From, own, cause);
            var asked = JsonText.Member(json.RootElement, "participantProxyIdentifier");
            var number = asked is null
                ? choice.Choose(key, service, book.Open(key)!, other).Number
                : book.Numbers(inbound.Account, service.Key).OldestFirst().FirstOrDefault(n => n["phone_number"] == asked);
            if (number is null) return null;
            Person(key, other, number, cause);
            return (key, author);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Document Person(SessionKey key, string identifier, Document number, long cause)
    {
        var sid = book.World.Sids.New("KP");
        var person = book.Participants(key).Create(
            sid,
            new JsonObject
            {
                ["identifier"] = identifier,
                ["proxy_identifier"] = number["phone_number"],
                ["proxy_identifier_sid"] = number.Key,
            });
        book.Bind(identifier, number["phone_number"]!, key, sid, cause);
        return person;
    }
}
