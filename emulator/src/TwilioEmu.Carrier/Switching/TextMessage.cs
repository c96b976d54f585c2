using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A text on its way through the carrier, whole: the carrier joins and splits segments out of sight.</summary>
/// <param name="Account">The account that sends or owns it; <see cref="AccountSid.None"/> for a phone's own text.</param>
/// <param name="Subject">The MessageSid it belongs to, or empty for a phone's own text.</param>
/// <param name="From">E.164, short code or alphanumeric sender.</param>
/// <param name="To">E.164 or short code.</param>
/// <param name="Body">Text, up to 1600 characters.</param>
/// <param name="MediaUrls">Where its media are.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record TextMessage(
    AccountSid Account, string Subject, string From, string To, string Body, IReadOnlyList<string> MediaUrls, long Cause)
{
    /// <summary>The one-time code that its sender knows to be in it; null where none was told, and the reader looks for one.</summary>
    public CodeFound? Code { get; init; }
}
