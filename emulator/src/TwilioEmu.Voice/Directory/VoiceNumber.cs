using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Directory;

/// <summary>
/// What a call needs to know of a number the emulator owns, or of another address that calls come in to; empty URLs are null.
/// </summary>
/// <param name="Account">Whose.</param>
/// <param name="Sid">The number's; empty for what is no number.</param>
/// <param name="Number">The address as calls show it.</param>
public sealed record VoiceNumber(AccountSid Account, string Sid, string Number)
{
    public string? VoiceUrl { get; init; }

    public string VoiceMethod { get; init; } = "POST";

    public string? FallbackUrl { get; init; }

    public string FallbackMethod { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";

    /// <summary>A TwiML App; it replaces the URLs above.</summary>
    public string? ApplicationSid { get; init; }

    /// <summary>The trunk that takes the call past any document; null for none.</summary>
    public TrunkOrder? Trunk { get; init; }

    /// <summary>True where the caller's name is to be looked up: <c>VoiceCallerIdLookup</c>.</summary>
    public bool LooksUpCallerName { get; init; }
}

/// <summary>A TwiML App, as far as calls go.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sid"><c>AP...</c></param>
public sealed record VoiceApplication(AccountSid Account, string Sid)
{
    /// <summary>True where other accounts may dial it (<c>PublicApplicationConnectEnabled</c>).</summary>
    public bool IsPublic { get; init; }

    public string? VoiceUrl { get; init; }

    public string VoiceMethod { get; init; } = "POST";

    public string? FallbackUrl { get; init; }

    public string FallbackMethod { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";
}

/// <summary>Who owns what, as voice asks it; implemented where the rooms are joined.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IVoiceNumbers
{
    /// <summary>The number with this E.164 spelling, or null.</summary>
    VoiceNumber? Find(string number);

    /// <summary>True for an OutgoingCallerId of the account.</summary>
    bool IsVerifiedCallerId(AccountSid account, string number);

    /// <summary>
    /// False for a number that the account's dialing permissions bar (twilio.com/docs/voice/api/dialing-permissions-resources).
    /// </summary>
    bool MayCall(AccountSid account, string number) => true;

    /// <summary>True for an account on trial.</summary>
    bool IsTrial(AccountSid account) => false;

    /// <summary>False where an account on trial would call who is neither verified nor its own (21219).</summary>
    /// <remarks>twilio.com/docs/usage/tutorials/how-to-use-your-free-trial-account.</remarks>
    bool IsOpen(AccountSid account, string number) =>
        !IsTrial(account) || IsVerifiedCallerId(account, number) || Find(number)?.Account == account;

    /// <summary>The name a number is registered under (CNAM), or null.</summary>
    string? CallerNameOf(string number) => null;

    /// <summary>A TwiML App of the account, or null.</summary>
    VoiceApplication? FindApplication(AccountSid account, string sid);

    /// <summary>A TwiML App of whatever account, or null.</summary>
    VoiceApplication? FindApplication(string sid) => null;
}

/// <summary>
/// Finds the document of a call that a line brings to what is no number of an account: a SIP domain, a TwiML App, a trunk.
/// </summary>
/// <remarks>Loop-confined. Attached by the product that owns such addresses (<see cref="VoiceProduct.Attach(IInboundRoutes)"/>).</remarks>
public interface IInboundRoutes
{
    /// <summary>Whose call it is and which URLs rule it; null when the address is not this product's business.</summary>
    VoiceNumber? Find(CallOffer offer);
}
