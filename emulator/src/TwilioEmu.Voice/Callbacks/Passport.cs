using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>The token by which a carrier proves a caller's number (SHAKEN PASSporT): <c>StirPassportToken</c>.</summary>
/// <remarks>
/// RFC 8225, RFC 8588: header <c>alg ppt typ</c>, claims <c>attest dest iat orig origid</c>. No carrier's certificate stands behind it
/// here: it has no <c>x5u</c>, and its signature, as long as an ES256 one, is a digest that nobody can verify.
/// </remarks>
internal static class Passport
{
    private const string Header = """{"alg":"ES256","ppt":"shaken","typ":"passport"}""";

    /// <summary>The token of a call whose caller's number was proved; null for any other.</summary>
    public static string? Of(Call call)
    {
        if (new CarrierMarks(StirVerstat: call.StirVerstat).Level is not { } level) return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("attest", level);
            json.WriteStartObject("dest");
            json.WriteStartArray("tn");
            json.WriteStringValue(call.To.TrimStart('+'));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteNumber("iat", (call.StartTime ?? call.DateCreated).ToUnixTimeSeconds());
            json.WriteStartObject("orig");
            json.WriteString("tn", call.From.TrimStart('+'));
            json.WriteEndObject();
            // A UUID of the call's own.
            json.WriteString("origid", Guid.ParseExact(call.Sid[2..], "N").ToString("D"));
            json.WriteEndObject();
        }
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}.{Base64Url.EncodeToString(buffer.ToArray())}";
        return $"{signed}.{Base64Url.EncodeToString(SHA512.HashData(Encoding.UTF8.GetBytes(signed)))}";
    }
}
