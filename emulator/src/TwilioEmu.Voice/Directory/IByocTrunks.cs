using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Directory;

/// <summary>Knows the BYOC trunks of a world: carriers of the apps' own; the product that owns them.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/bring-your-own-carrier-byoc.</remarks>
public interface IByocTrunks
{
    /// <summary>How a number is called by a trunk; null for a trunk that the account has not.</summary>
    ByocRoute? Find(AccountSid account, string sid, string number);
}

/// <summary>How a number is called by a BYOC trunk.</summary>
/// <param name="Targets">SIP addresses, tried in this order; none where no policy names any that is enabled.</param>
/// <param name="CallerHost">The host that the caller is shown at; null for the emulator's own.</param>
public sealed record ByocRoute(IReadOnlyList<string> Targets, string? CallerHost);
