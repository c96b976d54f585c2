using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Voice.Directory;

/// <summary>
/// Finds the documents of calls to TwiML Apps: from the apps' own phones, by <c>&lt;Dial&gt;&lt;Application&gt;</c>, by REST.
/// </summary>
/// <remarks>Loop-confined. Who may call an app is judged where it is dialled.</remarks>
internal sealed class ApplicationRoutes(IVoiceNumbers numbers) : IInboundRoutes
{
    /// <inheritdoc/>
    public VoiceNumber? Find(CallOffer offer) =>
        offer.To.Kind == AddressKind.App && numbers.FindApplication(offer.To.Value) is { } app
            ? new VoiceNumber(app.Account, "", offer.To.ToString()) { ApplicationSid = app.Sid }
            : null;
}
