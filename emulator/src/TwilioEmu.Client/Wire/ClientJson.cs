using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwilioEmu.Client.Expectations;

namespace TwilioEmu.Client.Wire;

/// <summary>The records of the control API's answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(EmulatedAccount))]
[JsonSerializable(typeof(HandsetState))]
[JsonSerializable(typeof(SentText))]
[JsonSerializable(typeof(PlacedCall))]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(JournalPage))]
[JsonSerializable(typeof(WebhookPage))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(ExpectAnswer))]
[JsonSerializable(typeof(FidelityReport))]
[JsonSerializable(typeof(SmppLinkPage))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>For people: quotes and plus signs as they are.</summary>
    public static readonly JsonSerializerOptions Shown = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = Default,
    };
}
