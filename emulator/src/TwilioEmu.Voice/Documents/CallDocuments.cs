using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Voice.Documents;

/// <summary>What sets the documents of calls apart: a sound file is an answer, and so are words (twilio.com/docs/voice/twiml).</summary>
internal static class CallDocuments
{
    // Documents that follow each other without a moment passing: a redirect loop, which on the live service is slowed by the
    // network and here would never let virtual time move.
    private const int MaxInAnInstant = 100;

    public static DocumentRules Rules { get; } = new()
    {
        Bound = new(
            MaxInAnInstant, IsOfAnInstant: true, 11215, AlertLevel.Error,
            $"more than {MaxInAnInstant} documents in one instant: a redirect loop"),
        RunsPlainTwiml = true,
    };
}
