using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Documents;

/// <summary>What came when a document was asked for; exactly one of reading and fault is not null.</summary>
/// <param name="Answer">The exchange with the app.</param>
/// <param name="Reading">What it says: never <see cref="TwimlReading.Faulty"/>.</param>
/// <param name="Fault">Why it cannot be used.</param>
public sealed record DocumentAnswer(WebhookAnswer Answer, TwimlReading? Reading, DocumentFault? Fault);

/// <summary>Why a document cannot be used.</summary>
/// <param name="Code">Twilio's (twilio.com/docs/api/errors).</param>
/// <param name="Message">In words, with line and column where it has a place.</param>
public sealed record DocumentFault(int Code, string Message)
{
    /// <summary>Of the alert.</summary>
    public AlertLevel Level { get; init; } = AlertLevel.Error;

    /// <summary>True where the letterbox raised the alert, since there was no usable answer.</summary>
    public bool IsAlerted { get; init; }

    /// <summary>True where nothing more comes of it: no fallback.</summary>
    public bool IsPassedOver { get; init; }
}
